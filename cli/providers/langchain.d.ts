declare module "@langchain/core/runnables" {
  class Runnable {
    constructor(options?: any);
    /** @traces workflow */
    invoke(input: any, options?: any): Promise<any>;
    /** @traces workflow */
    stream(input: any, options?: any): Promise<any>;
    /** @traces workflow */
    batch(inputs: any, options?: any): Promise<any>;
    /** @traces workflow */
    streamEvents(input: any, options?: any): any;
    pipe(next: any): Runnable;
    withConfig(config: any): this;
    withRetry(options?: any): this;
    [key: string]: any;
  }
  class RunnableSequence extends Runnable {
    static from(steps: any[], name?: any): RunnableSequence;
  }
  class RunnableLambda extends Runnable {
    static from(fn: any): RunnableLambda;
  }
  class RunnablePassthrough extends Runnable {
    static assign(mapping: any): RunnablePassthrough;
  }
  class RunnableMap extends Runnable {
    static from(mapping: any): RunnableMap;
  }
  class RunnableParallel extends Runnable {
    static from(mapping: any): RunnableParallel;
  }

  export { Runnable, RunnableLambda, RunnableMap, RunnableParallel, RunnablePassthrough, RunnableSequence };
}

declare module "@langchain/core/prompts" {
  import { Runnable } from "@langchain/core/runnables";

  class Prompt {
    constructor(options?: any);
    static fromTemplate(template: any, options?: any): Prompt;
    static fromMessages(messages: any, options?: any): Prompt;
    pipe(next: any): Runnable;
    [key: string]: any;
  }

  export {
    Prompt as ChatPromptTemplate,
    Prompt as FewShotPromptTemplate,
    Prompt as MessagesPlaceholder,
    Prompt as PromptTemplate,
  };
}

declare module "@langchain/core/language_models/chat_models" {
  import { Runnable } from "@langchain/core/runnables";

  class BaseChatModel {
    constructor(options?: any);
    /** @traces llm */
    invoke(input: any, options?: any): Promise<any>;
    /** @traces llm */
    stream(input: any, options?: any): Promise<any>;
    /** @traces llm */
    batch(inputs: any, options?: any): Promise<any>;
    /** @traces llm */
    call(input: any, options?: any): Promise<any>;
    /** @traces llm */
    predict(input: any, options?: any): Promise<any>;
    /** @traces llm */
    generate(input: any, options?: any): Promise<any>;
    bindTools(tools: any, options?: any): this;
    bind(options: any): this;
    withStructuredOutput(schema: any, options?: any): this;
    withConfig(config: any): this;
    withRetry(options?: any): this;
    pipe(next: any): Runnable;
    [key: string]: any;
  }

  export { BaseChatModel };
}

declare module "@langchain/core/language_models/base" {
  export { BaseChatModel as BaseLanguageModel } from "@langchain/core/language_models/chat_models";
}

declare module "@langchain/core/language_models/llms" {
  export { BaseChatModel as BaseLLM, BaseChatModel as LLM } from "@langchain/core/language_models/chat_models";
}

declare module "@langchain/core/embeddings" {
  class Embeddings {
    constructor(options?: any);
    /** @traces embedding */
    embedQuery(text: string): Promise<number[]>;
    /** @traces embedding */
    embedDocuments(texts: string[]): Promise<number[][]>;
    [key: string]: any;
  }

  export { Embeddings };
}

declare module "@langchain/core/retrievers" {
  class BaseRetriever {
    constructor(options?: any);
    /** @traces retrieval */
    invoke(query: any, options?: any): Promise<any>;
    /** @traces retrieval */
    getRelevantDocuments(query: any): Promise<any>;
    /** @traces retrieval */
    _getRelevantDocuments(query: any): Promise<any>;
    pipe(next: any): any;
    [key: string]: any;
  }

  export { BaseRetriever };
}

declare module "@langchain/core/vectorstores" {
  import { BaseRetriever } from "@langchain/core/retrievers";

  class VectorStore {
    constructor(...values: any[]);
    static fromDocuments(...values: any[]): Promise<VectorStore>;
    static fromTexts(...values: any[]): Promise<VectorStore>;
    static fromExistingIndex(...values: any[]): Promise<VectorStore>;
    static fromExistingCollection(...values: any[]): Promise<VectorStore>;
    static initialize(...values: any[]): Promise<VectorStore>;
    static load(...values: any[]): Promise<VectorStore>;
    /** @traces retrieval */
    similaritySearch(...values: any[]): Promise<any>;
    /** @traces retrieval */
    similaritySearchWithScore(...values: any[]): Promise<any>;
    /** @traces retrieval */
    similaritySearchVectorWithScore(...values: any[]): Promise<any>;
    /** @traces retrieval */
    maxMarginalRelevanceSearch(...values: any[]): Promise<any>;
    asRetriever(...values: any[]): BaseRetriever;
    [key: string]: any;
  }

  export { VectorStore };
}

declare module "@langchain/core/tools" {
  class StructuredTool {
    constructor(options?: {
      /** @tool */
      func?: (...values: any[]) => any;
      [key: string]: any;
    });
    /** @tool */
    _call(...values: any[]): any;
    [key: string]: any;
  }
  function tool(
    /** @tool */
    fn: (...values: any[]) => any,
    options?: any,
  ): any;

  export {
    StructuredTool,
    StructuredTool as DynamicStructuredTool,
    StructuredTool as DynamicTool,
    StructuredTool as Tool,
    tool,
  };
}

declare module "@langchain/openai" {
  import { Embeddings } from "@langchain/core/embeddings";
  import { BaseChatModel } from "@langchain/core/language_models/chat_models";

  class ChatOpenAI extends BaseChatModel {}
  class OpenAIEmbeddings extends Embeddings {}

  export {
    ChatOpenAI as AzureChatOpenAI,
    ChatOpenAI,
    ChatOpenAI as OpenAI,
    OpenAIEmbeddings as AzureOpenAIEmbeddings,
    OpenAIEmbeddings,
  };
}

declare module "@langchain/anthropic" {
  export { BaseChatModel as ChatAnthropic } from "@langchain/core/language_models/chat_models";
}

declare module "@langchain/google-genai" {
  export { Embeddings as GoogleGenerativeAIEmbeddings } from "@langchain/core/embeddings";
  export { BaseChatModel as ChatGoogleGenerativeAI } from "@langchain/core/language_models/chat_models";
}

declare module "@langchain/google-vertexai" {
  export { Embeddings as VertexAIEmbeddings } from "@langchain/core/embeddings";
  export { BaseChatModel as ChatVertexAI } from "@langchain/core/language_models/chat_models";
}

declare module "@langchain/aws" {
  export { Embeddings as BedrockEmbeddings } from "@langchain/core/embeddings";
  export { BaseChatModel as ChatBedrockConverse } from "@langchain/core/language_models/chat_models";
}

declare module "@langchain/mistralai" {
  export { Embeddings as MistralAIEmbeddings } from "@langchain/core/embeddings";
  export { BaseChatModel as ChatMistralAI } from "@langchain/core/language_models/chat_models";
}

declare module "@langchain/groq" {
  export { BaseChatModel as ChatGroq } from "@langchain/core/language_models/chat_models";
}

declare module "@langchain/cohere" {
  export { Embeddings as CohereEmbeddings } from "@langchain/core/embeddings";
  export { BaseChatModel as ChatCohere } from "@langchain/core/language_models/chat_models";
}

declare module "@langchain/ollama" {
  export { Embeddings as OllamaEmbeddings } from "@langchain/core/embeddings";
  export {
    BaseChatModel as ChatOllama,
    BaseChatModel as Ollama,
  } from "@langchain/core/language_models/chat_models";
}

declare module "@langchain/pinecone" {
  export { VectorStore as PineconeStore } from "@langchain/core/vectorstores";
}

declare module "@langchain/qdrant" {
  export { VectorStore as QdrantVectorStore } from "@langchain/core/vectorstores";
}

declare module "@langchain/weaviate" {
  export { VectorStore as WeaviateStore } from "@langchain/core/vectorstores";
}

declare module "@langchain/community/*" {
  export { Embeddings as HuggingFaceTransformersEmbeddings } from "@langchain/core/embeddings";
  export { BaseChatModel as ChatOllama } from "@langchain/core/language_models/chat_models";
  export {
    VectorStore as Chroma,
    VectorStore as FaissStore,
    VectorStore as HNSWLib,
    VectorStore as PGVectorStore,
    VectorStore as SupabaseVectorStore,
    VectorStore as MongoDBAtlasVectorSearch,
  } from "@langchain/core/vectorstores";
}

declare module "langchain/vectorstores/*" {
  export { VectorStore as MemoryVectorStore } from "@langchain/core/vectorstores";
}

declare module "@langchain/classic/vectorstores/*" {
  export { VectorStore as MemoryVectorStore } from "@langchain/core/vectorstores";
}

declare module "langchain/agents" {
  class AgentExecutor {
    constructor(options?: any);
    static fromAgentAndTools(options?: any): AgentExecutor;
    /** @traces agent */
    invoke(input: any, options?: any): Promise<any>;
    /** @traces agent */
    stream(input: any, options?: any): Promise<any>;
    /** @traces agent */
    call(input: any, options?: any): Promise<any>;
    [key: string]: any;
  }

  export { AgentExecutor };
  export const createOpenAIFunctionsAgent: any;
  export const createReactAgent: any;
  export const createToolCallingAgent: any;
}

declare module "langchain" {
  import { AgentExecutor } from "langchain/agents";

  export { tool } from "@langchain/core/tools";

  function createAgent(options: any): AgentExecutor;

  export { createAgent };
  export const initChatModel: any;
}

declare module "@langchain/langgraph" {
  class CompiledGraph {
    /** @traces agent */
    invoke(input: any, options?: any): Promise<any>;
    /** @traces agent */
    stream(input: any, options?: any): Promise<any>;
    /** @traces agent */
    streamEvents(input: any, options?: any): any;
    [key: string]: any;
  }
  class StateGraph {
    constructor(...values: any[]);
    addNode(
      name: any,
      /** @node */
      fn?: any,
      options?: any,
    ): this;
    addEdge(...values: any[]): this;
    addConditionalEdges(...values: any[]): this;
    addSequence(...values: any[]): this;
    compile(options?: any): CompiledGraph;
    [key: string]: any;
  }

  export { StateGraph as MessageGraph, StateGraph };
  export const Annotation: any;
  export const END: any;
  export const MemorySaver: any;
  export const MessagesAnnotation: any;
  export const START: any;
}

declare module "@langchain/langgraph/prebuilt" {
  function createReactAgent(options: any): {
    /** @traces agent */
    invoke(input: any, options?: any): Promise<any>;
    /** @traces agent */
    stream(input: any, options?: any): Promise<any>;
    [key: string]: any;
  };

  export { createReactAgent };
  export const ToolNode: any;
}
