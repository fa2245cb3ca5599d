import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";

/** `meta.input.prompt` of an llm span, its defaults filled in as dd-trace 6.21 does. */
export function promptOnWire(said: JsonObject, mlApp: string): JsonObject {
  const { template, contextVariables, queryVariables, id, version, variables, tags } = said;
  return {
    id: typeof id === "string" ? id : `${mlApp}_unnamed-prompt`,
    ...(version === undefined ? {} : { version: asText(version) }),
    ...uuid("prompt_uuid", said.promptUuid),
    ...uuid("prompt_version_uuid", said.promptVersionUuid),
    ...(isJsonObject(variables) ? { variables: texts(variables) } : {}),
    ...(typeof template === "string" ? { template } : {}),
    ...(isJsonArray(template) ? { chat_template: template.map(chatItem) } : {}),
    ...(isJsonObject(tags) ? { tags: texts(tags) } : {}),
    _dd_context_variable_keys: isJsonArray(contextVariables) ? contextVariables : ["context"],
    _dd_query_variable_keys: isJsonArray(queryVariables) ? queryVariables : ["question"],
  };
}

function uuid(name: string, value: Json | undefined): JsonObject {
  return typeof value === "string" ? { [name]: value } : {};
}

function chatItem(item: Json): Json {
  if (!isJsonObject(item)) return { role: "", content: asText(item) };
  const { type, name, role, content } = item;
  if (type === "placeholder") return { type, name: asText(name ?? "") };
  return { role: asText(role ?? ""), content: asText(content ?? "") };
}

function texts(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([key, value]): [string, Json] => [key, asText(value)]));
}

function asText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
