import type { Json, JsonObject } from "../json.js";
import { object } from "./fields.js";

/** Model parameters worth showing, under the names of OpenAI's, Anthropic's, Google's, Cohere's and Ollama's references. */
const PARAMETERS = new Set([
  "temperature",
  "top_p",
  "top_k",
  "min_p",
  "max_tokens",
  "max_completion_tokens",
  "max_output_tokens",
  "max_token_count",
  "max_gen_len",
  "num_predict",
  "num_ctx",
  "frequency_penalty",
  "presence_penalty",
  "repeat_penalty",
  "seed",
  "random_seed",
  "stop",
  "stop_sequences",
  "n",
  "candidate_count",
  "tool_choice",
  "parallel_tool_calls",
  "response_format",
  "response_mime_type",
  "reasoning",
  "reasoning_effort",
  "output_config",
  "thinking",
  "thinking_config",
  "verbosity",
  "service_tier",
  "dimensions",
  "output_dimension",
  "output_dimensionality",
  "encoding_format",
  "input_type",
  "task_type",
  "truncate",
]);

/** Cohere's names, which mean this in a request only. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ["p", "top_p"],
  ["k", "top_k"],
]);

/** Where APIs that nest their parameters keep them: Google, Bedrock, Ollama, Titan. */
const NESTED = ["config", "generationConfig", "inferenceConfig", "options", "textGenerationConfig"];

/** What else requests hold that is not said to the model. */
const ABOUT = [
  "model",
  "input",
  "contents",
  "system",
  "instructions",
  "tools",
  "stream",
  "stream_options",
  "store",
  "user",
];

export function isRequestKey(key: string): boolean {
  return nameOf(key) !== undefined || NESTED.includes(key) || ABOUT.includes(key);
}

/** The parameters of a request, in snake case as most APIs and dd-trace have them. */
export function requestParameters(request: JsonObject): JsonObject {
  const named = (key: string) => SHORT.get(key) ?? nameOf(key);
  const from = [request, ...NESTED.map((key) => object(request[key]))];
  return Object.assign({}, ...from.map((each) => known(each, named)));
}

/** Those among a function's own parameters; a text there may be anything. */
export function functionParameters(input: JsonObject): JsonObject {
  const taken = Object.entries(known(input, nameOf)).filter(([, value]) =>
    ["number", "boolean"].includes(typeof value),
  );
  return Object.fromEntries(taken);
}

function known(from: JsonObject, named: (key: string) => string | undefined): JsonObject {
  const parameters: Record<string, Json> = {};
  for (const [key, value] of Object.entries(from)) {
    const name = named(key);
    if (name !== undefined && value !== null) parameters[name] = value;
  }
  return parameters;
}

function nameOf(key: string): string | undefined {
  if (PARAMETERS.has(key)) return key;
  const name = snakeCase(key);
  return PARAMETERS.has(name) ? name : undefined;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
