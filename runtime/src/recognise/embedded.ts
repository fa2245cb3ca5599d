import { missingAtEnd, missingBy } from "../capture/truncation.js";
import { isJsonArray, type Json } from "../json.js";
import { counts } from "./described.js";
import { text } from "./fields.js";
import type { Recognised } from "./recogniser.js";

interface Embedding {
  /** How many vectors a capture limit cut away. */
  readonly cut?: number;
  readonly model?: Json | undefined;
  readonly provider?: string;
  readonly usage: Readonly<Record<string, Json | undefined>>;
}

/** What is shown instead of vectors, worded as dd-trace does, so that both read alike in one organisation. */
export function embedded(
  vectors: readonly (Json | undefined)[],
  { cut = 0, model, provider, usage }: Embedding,
): Recognised {
  const size = dimensions(vectors[0]);
  const modelName = text(model);
  return {
    outputText: `[${vectors.length + cut} embedding(s) returned${size === undefined ? "" : ` with size ${size}`}]`,
    ...(modelName === undefined ? {} : { modelName }),
    ...(provider === undefined ? {} : { modelProvider: provider }),
    metrics: counts(usage),
  };
}

/** Of a list of numbers, or of base64 of 32-bit floats. */
function dimensions(vector: Json | undefined): number | undefined {
  if (typeof vector === "string") return base64Floats(vector);
  if (!isJsonArray(vector)) return undefined;
  const cut = missingBy(vector.at(-1));
  return cut > 0 ? vector.length - 1 + cut : vector.length;
}

/** Four bytes a number; padding is less than one. */
function base64Floats(base64: string): number {
  const cut = missingAtEnd(base64);
  const kept = cut === 0 ? base64.length : base64.lastIndexOf("…");
  return Math.floor(((kept + cut) * 3) / 16);
}
