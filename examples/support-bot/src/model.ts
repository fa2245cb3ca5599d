import type OpenAI from "openai";
import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionFunctionTool,
  ChatCompletionMessageParam,
} from "openai/resources/chat/completions";
import type { CreateEmbeddingResponse } from "openai/resources/embeddings";
import type { Stream } from "openai/streaming";

export type Message = ChatCompletionMessageParam;
export type Tool = ChatCompletionFunctionTool;

const model = "gpt-4o-mini";
const temperature = 0;

/** The three model calls the bot makes. Each is one span, with its messages and tokens read from what OpenAI returns. */
export class Model {
  readonly #client: OpenAI;

  constructor(client: OpenAI) {
    this.#client = client;
  }

  /** @llmobs embedding modelName="text-embedding-3-small" modelProvider="openai" */
  async embed(texts: string[]): Promise<CreateEmbeddingResponse> {
    return this.#client.embeddings.create({
      model: "text-embedding-3-small",
      input: texts,
      encoding_format: "float",
    });
  }

  /**
   * Asks for the next step: tool calls, or a message when nothing is left to look up.
   * @llmobs llm name="next_step" modelName={model} modelProvider="openai" metadata={{ temperature }}
   */
  async nextStep(messages: Message[], tools: Tool[]): Promise<ChatCompletion> {
    return this.#client.chat.completions.create({ model, temperature, messages, tools });
  }

  /**
   * Streams the final answer. The span stays open until the last piece was read.
   * @llmobs llm name="write_answer" modelName={model} modelProvider="openai" metadata={{ temperature }}
   */
  async writeAnswer(messages: Message[]): Promise<Stream<ChatCompletionChunk>> {
    return this.#client.chat.completions.create({
      model,
      temperature,
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
  }
}
