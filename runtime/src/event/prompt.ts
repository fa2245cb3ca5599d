import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";
import type { Span } from "../span/span.js";

/** `meta.input.prompt` of an llm span, its defaults filled in as dd-trace 6.21 does. */
export function promptOnWire(said: JsonObject, span: Span): JsonObject {
  const { template, contextVariables, queryVariables, id, version, variables, tags } = said;
  return {
    id: typeof id === "string" ? id : `${span.mlApp}_unnamed-prompt`,
    ...(version === undefined ? {} : { version: asText(version) }),
    ...(isJsonObject(variables) ? { variables: texts(variables) } : {}),
    ...(typeof template === "string" ? { template } : {}),
    ...(isJsonArray(template) ? { chat_template: template } : {}),
    ...(isJsonObject(tags) ? { tags: texts(tags) } : {}),
    _dd_context_variable_keys: isJsonArray(contextVariables) ? contextVariables : ["context"],
    _dd_query_variable_keys: isJsonArray(queryVariables) ? queryVariables : ["question"],
  };
}

function texts(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([key, value]): [string, Json] => [key, asText(value)]));
}

function asText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
