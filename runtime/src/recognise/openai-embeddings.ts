import { missingBy } from "../capture/truncation.js";
import { isJsonArray, isJsonObject, type Json } from "../json.js";
import { numbers, type Recogniser } from "./recogniser.js";

/** OpenAI embeddings: https://platform.openai.com/docs/api-reference/embeddings */
export const openaiEmbeddings: Recogniser = {
  name: "openai-embeddings",
  result(value) {
    if (!isJsonObject(value) || value.object !== "list" || !isJsonArray(value.data)) return undefined;
    const vectors = value.data.filter((item) => isJsonObject(item) && item.object === "embedding");
    const cut = missingBy(value.data.at(-1));
    if (vectors.length === 0 || vectors.length !== value.data.length - (cut > 0 ? 1 : 0)) return undefined;
    const first = vectors[0];
    const size = isJsonObject(first) ? dimensions(first.embedding) : undefined;
    const count = vectors.length + cut;
    return {
      // As dd-trace words it, so that both read alike in one organisation.
      outputText: `[${count} embedding(s) returned${size === undefined ? "" : ` with size ${size}`}]`,
      ...(typeof value.model === "string" ? { modelName: value.model } : {}),
      modelProvider: "openai",
      metrics: numbers(value.usage, {
        input_tokens: (usage) => usage.prompt_tokens,
        total_tokens: (usage) => usage.total_tokens,
      }),
    };
  },
};

/** Undefined for base64 text, which does not say its size. */
function dimensions(vector: Json | undefined): number | undefined {
  if (!isJsonArray(vector)) return undefined;
  const cut = missingBy(vector.at(-1));
  return cut > 0 ? vector.length - 1 + cut : vector.length;
}
