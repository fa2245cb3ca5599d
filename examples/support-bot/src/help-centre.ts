import type { HelpDocument } from "./documents.js";
import type { Model } from "./model.js";

export interface FoundDocument extends HelpDocument {
  score: number;
}

/** Finds the documents closest in meaning to a question. */
export class HelpCentre {
  readonly #documents: readonly HelpDocument[];
  readonly #model: Model;
  #vectors: number[][] | undefined;

  constructor(documents: readonly HelpDocument[], model: Model) {
    this.#documents = documents;
    this.#model = model;
  }

  /** @llmobs retrieval name="search_help_centre" metadata={{ topK }} */
  async search(question: string, topK = 2): Promise<FoundDocument[]> {
    this.#vectors ??= await this.indexDocuments();
    const vectors = this.#vectors;
    const [asked = []] = vectorsOf(await this.#model.embed([question]));

    return this.#documents
      .map((document, index) => ({ ...document, score: similarity(asked, vectors[index] ?? []) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, topK);
  }

  /**
   * Runs once, when the first question comes in.
   * @llmobs task name="index_documents" output={result.length}
   */
  async indexDocuments(): Promise<number[][]> {
    return vectorsOf(await this.#model.embed(this.#documents.map(({ name, text }) => `${name}\n${text}`)));
  }
}

function vectorsOf(response: Awaited<ReturnType<Model["embed"]>>): number[][] {
  return response.data.map((item) => item.embedding);
}

/** Cosine similarity; the model's vectors have length 1, so the dot product is enough. */
function similarity(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}
