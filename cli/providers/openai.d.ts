declare module "openai" {
  interface Result<T> extends Promise<T> {
    withResponse(): Promise<{ data: T; response: any }>;
    asResponse(): Promise<any>;
  }
  interface RunnableTool {
    type?: string;
    function?: {
      /** @tool */
      function: (...values: any[]) => any;
      [key: string]: any;
    };
  }
  interface Completions {
    /** @traces llm openai */
    create(body: any, options?: any): Result<any>;
    /** @traces llm openai */
    parse(body: any, options?: any): Result<any>;
    /** @traces llm openai */
    stream(body: any, options?: any): any;
    /** @traces agent openai */
    runTools(body: { tools: RunnableTool[]; [key: string]: any }, options?: any): any;
  }
  class OpenAI {
    constructor(options?: any);
    chat: { completions: Completions };
    beta: { chat: { completions: Completions }; [key: string]: any };
    completions: Completions;
    responses: Completions;
    embeddings: {
      /** @traces embedding openai */
      create(body: any, options?: any): Result<any>;
    };
    images: {
      /** @traces llm openai */
      generate(body: any, options?: any): Result<any>;
    };
    audio: {
      transcriptions: {
        /** @traces llm openai */
        create(body: any, options?: any): Result<any>;
      };
      speech: {
        /** @traces llm openai */
        create(body: any, options?: any): Result<any>;
      };
    };
    [key: string]: any;
  }
  class AzureOpenAI extends OpenAI {}

  export { AzureOpenAI, OpenAI };
  export default OpenAI;
}

declare module "groq-sdk" {
  class Groq {
    constructor(options?: any);
    chat: {
      completions: {
        /** @traces llm groq */
        create(body: any, options?: any): Promise<any>;
      };
    };
    embeddings: {
      /** @traces embedding groq */
      create(body: any, options?: any): Promise<any>;
    };
    [key: string]: any;
  }

  export { Groq };
  export default Groq;
}

declare module "together-ai" {
  class Together {
    constructor(options?: any);
    chat: {
      completions: {
        /** @traces llm together */
        create(body: any, options?: any): Promise<any>;
      };
    };
    embeddings: {
      /** @traces embedding together */
      create(body: any, options?: any): Promise<any>;
    };
    [key: string]: any;
  }

  export { Together };
  export default Together;
}

declare module "@openai/agents" {
  class Agent {
    constructor(options?: any);
    static create(options?: any): Agent;
    /** @tool */
    asTool(options?: any): any;
    [key: string]: any;
  }
  interface ToolOptions {
    /** @tool */
    execute: (...values: any[]) => any;
    [key: string]: any;
  }
  function tool(options: ToolOptions): any;
  /** @traces agent openai */
  function run(agent: any, input: any, options?: any): Promise<any>;
  class Runner {
    constructor(options?: any);
    /** @traces agent openai */
    run(agent: any, input: any, options?: any): Promise<any>;
  }

  export { Agent, Runner, run, tool };
}
