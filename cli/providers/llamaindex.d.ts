declare module "llamaindex" {
  interface QueryEngine {
    /** @traces workflow */
    query(options: any): Promise<any>;
    [key: string]: any;
  }
  interface Retriever {
    /** @traces retrieval */
    retrieve(options: any): Promise<any>;
    [key: string]: any;
  }
  class VectorStoreIndex {
    constructor(options?: any);
    static fromDocuments(...values: any[]): Promise<VectorStoreIndex>;
    static fromVectorStore(...values: any[]): Promise<VectorStoreIndex>;
    static init(...values: any[]): Promise<VectorStoreIndex>;
    asQueryEngine(options?: any): QueryEngine;
    asRetriever(options?: any): Retriever;
    asChatEngine(options?: any): ContextChatEngine;
    [key: string]: any;
  }
  class ContextChatEngine {
    constructor(options?: any);
    /** @traces workflow */
    chat(options: any): Promise<any>;
    [key: string]: any;
  }
  class LanguageModel {
    constructor(options?: any);
    /** @traces llm */
    chat(options: any): Promise<any>;
    /** @traces llm */
    complete(options: any): Promise<any>;
    [key: string]: any;
  }
  class EmbeddingModel {
    constructor(options?: any);
    /** @traces embedding */
    getTextEmbedding(text: any): Promise<any>;
    /** @traces embedding */
    getTextEmbeddings(texts: any): Promise<any>;
    /** @traces embedding */
    getQueryEmbedding(query: any): Promise<any>;
    [key: string]: any;
  }
  class FunctionTool {
    static from(
      /** @tool */
      fn: (...values: any[]) => any,
      options?: any,
    ): FunctionTool;
    call(input: any): any;
  }
  function tool(
    /** @tool */
    fn: any,
    options?: {
      /** @tool */
      execute?: (...values: any[]) => any;
      [key: string]: any;
    },
  ): any;
  class Agent {
    constructor(options?: any);
    /** @traces agent */
    chat(options: any): Promise<any>;
    /** @traces agent */
    run(input: any, options?: any): Promise<any>;
    /** @traces agent */
    runStream(input: any, options?: any): any;
    [key: string]: any;
  }
  function agent(options: any): Agent;
  function multiAgent(options: any): Agent;
  const Settings: { llm: LanguageModel; embedModel: EmbeddingModel; [key: string]: any };

  export {
    Agent as AnthropicAgent,
    Agent as OpenAIAgent,
    Agent as ReActAgent,
    agent,
    ContextChatEngine,
    ContextChatEngine as SimpleChatEngine,
    EmbeddingModel as HuggingFaceEmbedding,
    EmbeddingModel as OpenAIEmbedding,
    FunctionTool,
    LanguageModel as Anthropic,
    LanguageModel as Ollama,
    LanguageModel as OpenAI,
    multiAgent,
    Settings,
    tool,
    VectorStoreIndex,
    VectorStoreIndex as SummaryIndex,
  };
  export const Document: any;
}

declare module "@llamaindex/workflow" {
  export { agent, multiAgent } from "llamaindex";
}

declare module "@llamaindex/openai" {
  export { OpenAI, OpenAIEmbedding } from "llamaindex";

  import { OpenAI } from "llamaindex";
  export const openai: (options?: any) => OpenAI;
}
