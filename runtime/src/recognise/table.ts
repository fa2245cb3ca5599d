import type { Json } from "../json.js";
import { openaiChat } from "./openai-chat.js";
import { openaiEmbeddings } from "./openai-embeddings.js";
import type { Recognised, Recogniser } from "./recogniser.js";

/** Every provider shape that is read. The first that knows a result describes it; an unknown one is never guessed. */
const RECOGNISERS: readonly Recogniser[] = [openaiChat, openaiEmbeddings];

export function recogniseResult(value: Json): Recognised | undefined {
  return firstDefined((recogniser) => recogniser.result(value));
}

export function recogniseChunks(values: readonly Json[]): Recognised | undefined {
  return firstDefined((recogniser) => recogniser.chunks?.(values));
}

function firstDefined(read: (recogniser: Recogniser) => Recognised | undefined): Recognised | undefined {
  for (const recogniser of RECOGNISERS) {
    const found = read(recogniser);
    if (found !== undefined) return found;
  }
  return undefined;
}
