import { json } from "node:stream/consumers";
import type { Mountable } from "@copilotkit/aimock";

const dimensions = 256;
const emptyWords =
  "a an and any at by can do for from if in is it my of on or our the to we what when with you your".split(" ");

/** Embeds by counting words: texts that share words get similar vectors, which is enough for six short documents. */
export const embeddings: Mountable = {
  async handleRequest(request, response) {
    const { model, input } = readRequest(await json(request));
    const tokens = input.reduce((sum, text) => sum + Math.ceil(text.length / 4), 0);
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        object: "list",
        model,
        data: input.map((text, index) => ({ object: "embedding", index, embedding: embed(text) })),
        usage: { prompt_tokens: tokens, total_tokens: tokens },
      }),
    );
    return true;
  },
};

function embed(text: string): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
    if (emptyWords.includes(word)) continue;
    const place = hash(word.replace(/(s|ed|ing)$/, ""));
    vector[place] = (vector[place] ?? 0) + 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

function hash(word: string): number {
  let sum = 0;
  for (const letter of word) sum = (sum * 31 + letter.charCodeAt(0)) % 65521;
  return sum % dimensions;
}

function readRequest(body: unknown): { model: string; input: string[] } {
  if (typeof body === "object" && body && "model" in body && "input" in body) {
    const { model, input } = body;
    if (typeof model === "string" && Array.isArray(input)) return { model, input: input.map(String) };
  }
  throw new Error("The embeddings request has no model or no list of texts.");
}
