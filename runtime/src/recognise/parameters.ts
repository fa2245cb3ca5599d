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

/** Cohere's names are too short to be a parameter's among others. */
const SHORT: Readonly<Record<string, string>> = { p: "top_p", k: "top_k" };

/** Where APIs that nest their parameters keep them: Google, Bedrock, Ollama, Titan. */
const NESTED = ["config", "generationConfig", "inferenceConfig", "options", "textGenerationConfig"];

/** The parameters of a request, in snake case as most APIs and dd-trace have them. */
export function requestParameters(request: JsonObject): JsonObject {
  const from: Record<string, Json> = {};
  for (const [key, value] of Object.entries(request)) from[SHORT[key] ?? key] = value;
  for (const key of NESTED) Object.assign(from, object(request[key]));
  return known(from, (value) => value !== null);
}

/** Those among a function's own parameters; a text there may be anything. */
export function functionParameters(input: JsonObject): JsonObject {
  return known(input, (value) => typeof value === "number" || typeof value === "boolean");
}

function known(from: JsonObject, takes: (value: Json) => boolean): JsonObject {
  return Object.fromEntries(
    Object.entries(from).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
      const name = snakeCase(key);
      return PARAMETERS.has(name) && takes(value) ? [[name, value]] : [];
    }),
  );
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
