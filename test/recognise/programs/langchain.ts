import {
  aiMessage,
  chunks,
  completed,
  documents,
  generated,
  human,
  system,
  toolMessage,
} from "../payloads/langchain.js";

/** Stands for an object of LangChain's, which is copied by way of its `toJSON`. */
class Serialisable {
  readonly #json: object;

  constructor(json: object) {
    this.#json = json;
  }

  toJSON(): object {
    return this.#json;
  }
}

const of = (json: object) => new Serialisable(json);

/** @llmobs llm name="invoke" */
async function invoke(_messages: readonly Serialisable[]) {
  return of(aiMessage);
}

/** @llmobs llm name="stream" */
async function* stream(_messages: readonly Serialisable[]) {
  for (const chunk of chunks) yield of(chunk);
}

/** @llmobs llm name="generate" */
async function generate(_prompt: string) {
  return { ...generated, generations: [[{ ...generated.generations[0]?.[0], message: of(aiMessage) }]] };
}

/** @llmobs llm name="complete" */
async function complete(_prompt: string) {
  return completed;
}

/** @llmobs llm name="raw" */
async function structured(_prompt: string) {
  return { raw: of(aiMessage), parsed: { city: "Paris" } };
}

/** @llmobs retrieval name="search" */
async function search(_query: string) {
  return documents;
}

/** @llmobs retrieval name="search with scores" */
async function searchWithScores(_query: string) {
  return documents.map((document, index) => [document, 0.5 + index] as const);
}

const conversation = [system("Be kind."), human("What is this?"), aiMessage, toolMessage("a cat", "call_1")].map(of);
await invoke(conversation);
for await (const _ of stream([of(human("hello"))]));
await generate("hello");
await complete("hello");
await structured("hello");
await search("refunds");
await searchWithScores("refunds");
