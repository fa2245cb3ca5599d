declare module "cohere-ai" {
  class CohereClient {
    constructor(options?: any);
    /** @traces llm cohere */
    chat(request: any, options?: any): Promise<any>;
    /** @traces llm cohere */
    chatStream(request: any, options?: any): Promise<any>;
    /** @traces llm cohere */
    generate(request: any, options?: any): Promise<any>;
    /** @traces embedding cohere */
    embed(request: any, options?: any): Promise<any>;
    /** @traces retrieval cohere */
    rerank(request: any, options?: any): Promise<any>;
    v2: CohereClient;
    [key: string]: any;
  }

  export { CohereClient, CohereClient as CohereClientV2 };
}

declare module "@mistralai/mistralai" {
  class Mistral {
    constructor(options?: any);
    chat: {
      /** @traces llm mistral */
      complete(request: any, options?: any): Promise<any>;
      /** @traces llm mistral */
      stream(request: any, options?: any): Promise<any>;
      /** @traces llm mistral */
      parse(request: any, options?: any): Promise<any>;
    };
    fim: {
      /** @traces llm mistral */
      complete(request: any, options?: any): Promise<any>;
    };
    embeddings: {
      /** @traces embedding mistral */
      create(request: any, options?: any): Promise<any>;
    };
    [key: string]: any;
  }

  export { Mistral };
  export default Mistral;
}

declare module "ollama" {
  class Ollama {
    constructor(options?: any);
    /** @traces llm ollama */
    chat(request: any): Promise<any>;
    /** @traces llm ollama */
    generate(request: any): Promise<any>;
    /** @traces embedding ollama */
    embed(request: any): Promise<any>;
    /** @traces embedding ollama */
    embeddings(request: any): Promise<any>;
    [key: string]: any;
  }
  const ollama: Ollama;

  export { Ollama };
  export default ollama;
}

declare module "ollama/browser" {
  export { default, Ollama } from "ollama";
}

declare module "replicate" {
  class Replicate {
    constructor(options?: any);
    /** @traces llm replicate */
    run(model: any, options?: any): Promise<any>;
    /** @traces llm replicate */
    stream(model: any, options?: any): any;
    [key: string]: any;
  }
  export default Replicate;
}

declare module "@huggingface/inference" {
  class InferenceClient {
    constructor(token?: any, options?: any);
    /** @traces llm huggingface */
    chatCompletion(request: any, options?: any): Promise<any>;
    /** @traces llm huggingface */
    chatCompletionStream(request: any, options?: any): any;
    /** @traces llm huggingface */
    textGeneration(request: any, options?: any): Promise<any>;
    /** @traces llm huggingface */
    textGenerationStream(request: any, options?: any): any;
    /** @traces embedding huggingface */
    featureExtraction(request: any, options?: any): Promise<any>;
    [key: string]: any;
  }

  export { InferenceClient as HfInference, InferenceClient };
}

declare module "voyageai" {
  class VoyageAIClient {
    constructor(options?: any);
    /** @traces embedding voyageai */
    embed(request: any, options?: any): Promise<any>;
    /** @traces retrieval voyageai */
    rerank(request: any, options?: any): Promise<any>;
    [key: string]: any;
  }

  export { VoyageAIClient };
}
