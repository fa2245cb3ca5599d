import type { JsonObject } from "../json.js";

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
  readonly toolDefinitions?: readonly JsonObject[];
}

/** Reads one provider's result. Works on captured copies: it touches no live object and may not guess. */
export interface Recogniser {
  readonly name: string;
  /** What the result of a call says, or undefined when it is not this provider's. */
  result(value: JsonObject): Recognised | undefined;
  /** The same for the collected chunks of a stream; at least one. */
  chunks?(values: readonly JsonObject[]): Recognised | undefined;
}
