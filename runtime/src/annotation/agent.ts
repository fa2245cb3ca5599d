import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";

/** The agent that an agent span stands for. What is not given leaves what was said before. */
export interface Agent {
  /** Default: the span's name. */
  readonly name?: string | undefined;
  /** Its system prompt. */
  readonly instructions?: string | undefined;
  readonly model?: string | undefined;
  readonly modelSettings?: ModelSettings | undefined;
  readonly tools?: readonly AgentTool[] | undefined;
}

/** How the model is called. Other keys are left out: settings of a provider may hold secrets. */
export interface ModelSettings {
  readonly frequencyPenalty?: number | undefined;
  readonly logitBias?: Readonly<Record<string, number>> | undefined;
  readonly logprobs?: boolean | undefined;
  readonly maxTokens?: number | undefined;
  readonly parallelToolCalls?: boolean | undefined;
  readonly presencePenalty?: number | undefined;
  readonly seed?: number | undefined;
  readonly stopSequences?: readonly string[] | undefined;
  readonly temperature?: number | undefined;
  readonly timeout?: number | undefined;
  readonly toolChoice?: string | undefined;
  readonly topK?: number | undefined;
  readonly topLogprobs?: number | undefined;
  readonly topP?: number | undefined;
}

export interface AgentTool {
  /** Not empty. */
  readonly name: string;
  readonly description?: string | undefined;
  /** `{ city: { type: "string", required: true } }`, or a JSON Schema object, of which as much is taken. */
  readonly parameters?: object | undefined;
}

/** As the wire has them; camelCase is taken too. */
const MODEL_SETTINGS: ReadonlySet<string> = new Set([
  "frequency_penalty",
  "logit_bias",
  "logprobs",
  "max_tokens",
  "parallel_tool_calls",
  "presence_penalty",
  "seed",
  "stop_sequences",
  "temperature",
  "timeout",
  "tool_choice",
  "top_k",
  "top_logprobs",
  "top_p",
]);

/** The manifest that the wire has of an agent (as dd-trace 6.21), with as many of the fields as are given and valid. */
export function agentManifest(agent: JsonObject): JsonObject {
  const settings = modelSettings(agent.modelSettings);
  const tools = (isJsonArray(agent.tools) ? agent.tools : []).flatMap(agentTool);
  return {
    ...texts(agent, ["name", "instructions", "model"]),
    ...(settings === undefined ? {} : { model_settings: settings }),
    ...(tools.length === 0 ? {} : { tools }),
  };
}

function modelSettings(settings: Json | undefined): JsonObject | undefined {
  if (!isJsonObject(settings)) return undefined;
  const taken = Object.entries(settings).flatMap(([key, value]): [string, Json][] => {
    const name = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return MODEL_SETTINGS.has(name) && isFlat(value) ? [[name, value]] : [];
  });
  return taken.length === 0 ? undefined : Object.fromEntries(taken);
}

/** No setting in the list nests: a scalar, a list of them, or numbers by name. */
function isFlat(value: Json): boolean {
  if (isJsonArray(value)) return value.length > 0 && value.every(isScalar);
  if (!isJsonObject(value)) return isScalar(value);
  const numbers = Object.values(value);
  return numbers.length > 0 && numbers.every((number) => typeof number === "number");
}

function isScalar(value: Json): boolean {
  return typeof value === "number" || typeof value === "boolean" || (typeof value === "string" && value !== "");
}

function agentTool(tool: Json): JsonObject[] {
  if (!isJsonObject(tool) || typeof tool.name !== "string" || tool.name === "") return [];
  const parameters = isJsonObject(tool.parameters) ? toolParameters(tool.parameters) : undefined;
  return [{ ...texts(tool, ["name", "description"]), ...(parameters === undefined ? {} : { parameters }) }];
}

function toolParameters(parameters: JsonObject): JsonObject | undefined {
  const { properties, required, type } = parameters;
  // A map of parameters may have one of the name `properties`: a schema says more than that.
  const isSchema = isJsonObject(properties) && (type === "object" || isJsonArray(required));
  const needed = isSchema && isJsonArray(required) ? required : [];
  const taken = Object.entries(isSchema ? properties : parameters).flatMap(([name, spec]): [string, Json][] => {
    const known = {
      ...(isJsonObject(spec) ? texts(spec, ["type"]) : {}),
      ...(needed.includes(name) || (isJsonObject(spec) && spec.required === true) ? { required: true } : {}),
    };
    return Object.keys(known).length === 0 ? [] : [[name, known]];
  });
  return taken.length === 0 ? undefined : Object.fromEntries(taken);
}

/** The named members that are text and not empty. */
function texts(from: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name): [string, Json][] => {
      const value = from[name];
      return typeof value === "string" && value !== "" ? [[name, value]] : [];
    }),
  );
}
