import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";

/** A tool that a model may call. */
export interface ToolDefinition {
  /** Not empty. */
  readonly name: string;
  readonly description?: string | undefined;
  /** JSON Schema of the arguments. */
  readonly schema?: object | undefined;
  readonly version?: string | undefined;
}

/** The valid ones in the wire's form; undefined when there are none. */
export function toolsOnWire(value: Json): readonly JsonObject[] | undefined {
  const tools = (isJsonArray(value) ? value : []).flatMap((tool): JsonObject[] =>
    isJsonObject(tool) && typeof tool.name === "string" && tool.name !== "" ? [toolOnWire(tool, tool.name)] : [],
  );
  return tools.length === 0 ? undefined : tools;
}

function toolOnWire(tool: JsonObject, name: string): JsonObject {
  return {
    name,
    ...(typeof tool.description === "string" ? { description: tool.description } : {}),
    ...(isJsonObject(tool.schema) ? { schema: tool.schema } : {}),
    ...(typeof tool.version === "string" ? { version: tool.version } : {}),
  };
}
