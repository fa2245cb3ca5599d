import { missingBy } from "../../capture/truncation.js";
import { isJsonArray } from "../../json.js";
import { embedded } from "../embedded.js";
import { object, objects } from "../fields.js";
import type { Recogniser } from "../recogniser.js";

/** OpenAI embeddings, base64 too: https://platform.openai.com/docs/api-reference/embeddings */
export const openaiEmbeddings: Recogniser = {
  name: "openai-embeddings",
  result({ object: type, data, model, usage }) {
    if (type !== "list" || !isJsonArray(data)) return undefined;
    const items = objects(data);
    const cut = missingBy(data.at(-1));
    if (items.length === 0 || items.length !== data.length - (cut > 0 ? 1 : 0)) return undefined;
    if (!items.every((item) => item.object === "embedding")) return undefined;
    const { prompt_tokens, promptTokens, total_tokens, totalTokens } = object(usage);
    // Mistral's own client writes the same in camel case.
    const provider = promptTokens === undefined ? "openai" : "mistral";
    return embedded(
      items.map((item) => item.embedding),
      {
        cut,
        model,
        provider,
        usage: { input_tokens: prompt_tokens ?? promptTokens, total_tokens: total_tokens ?? totalTokens },
      },
    );
  },
};
