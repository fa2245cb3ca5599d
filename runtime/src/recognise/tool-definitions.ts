import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";
import { present, text } from "./fields.js";

/**
 * The tools a model was offered, in the wire's form: name, description, schema.
 * Reads lists of OpenAI, Anthropic, Google and Bedrock and the AI SDK's record by
 * name. Undefined when there is none.
 */
export function readToolDefinitions(tools: Json | undefined): readonly JsonObject[] | undefined {
  const definitions = isJsonArray(tools) ? tools.flatMap(readTool) : isJsonObject(tools) ? byName(tools) : [];
  return definitions.length === 0 ? undefined : definitions;
}

function readTool(tool: Json): readonly JsonObject[] {
  if (!isJsonObject(tool)) return [];
  if (isJsonArray(tool.functionDeclarations)) return tool.functionDeclarations.flatMap(readTool);
  const inner = [tool.function, tool.toolSpec].find(isJsonObject) ?? tool;
  // Tools that a provider runs itself are named by their type alone.
  const name = text(inner.name) ?? text(tool.type);
  return name === undefined || name === "" ? [] : [definition(name, inner)];
}

function byName(tools: JsonObject): readonly JsonObject[] {
  return Object.entries(tools).flatMap(([name, tool]) => (isJsonObject(tool) ? [definition(name, tool)] : []));
}

function definition(name: string, tool: JsonObject): JsonObject {
  const schemas = [tool.parameters, tool.input_schema, tool.inputSchema, tool.parametersJsonSchema, tool.schema];
  const schema = schemas.find(isJsonObject);
  return present<Json>({ name, description: text(tool.description), schema: schema && jsonSchema(schema) });
}

/** Bedrock and the AI SDK wrap it; validators' own classes are no JSON Schema. */
function jsonSchema(schema: JsonObject): JsonObject | undefined {
  const wrapped = [schema.json, schema.jsonSchema].find(isJsonObject) ?? schema;
  return wrapped.type === undefined && wrapped.properties === undefined ? undefined : plain(wrapped);
}

function plain(schema: JsonObject): JsonObject | undefined {
  return schema._def === undefined && schema._zod === undefined ? schema : undefined;
}
