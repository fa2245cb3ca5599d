import { isJsonObject, type Json, type JsonObject } from "../json.js";

/** What a recogniser read out of a model call, in the wire's forms. */
export interface Recognised {
  readonly inputMessages?: readonly JsonObject[];
  readonly inputDocuments?: readonly JsonObject[];
  readonly outputMessages?: readonly JsonObject[];
  readonly outputText?: string;
  readonly modelName?: string;
  readonly modelProvider?: string;
  readonly metadata?: JsonObject;
  readonly metrics?: Readonly<Record<string, number>>;
}

/** Reads one provider's result. Works on captured copies: it touches no live object and may not guess. */
export interface Recogniser {
  readonly name: string;
  /** What the result of a call says, or undefined when it is not this provider's. */
  result(value: Json): Recognised | undefined;
  /** The same for the collected chunks of a stream. */
  chunks?(values: readonly Json[]): Recognised | undefined;
}

/** The numeric ones of a provider's usage fields, under the wire's names. */
export function numbers(
  usage: Json | undefined,
  names: Readonly<Record<string, (usage: JsonObject) => Json | undefined>>,
): Readonly<Record<string, number>> {
  if (!isJsonObject(usage)) return {};
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, read]): [string, number][] => {
      const value = read(usage);
      return typeof value === "number" ? [[name, value]] : [];
    }),
  );
}
