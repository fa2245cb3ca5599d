declare module "ai" {
  interface ToolDefinition {
    /** @tool */
    execute?: (...values: any[]) => any;
    [key: string]: any;
  }
  interface ModelOptions {
    tools?: { [name: string]: ToolDefinition };
    [key: string]: any;
  }
  /** @traces llm */
  function generateText(options: ModelOptions): Promise<any>;
  /** @traces llm */
  function streamText(options: ModelOptions): any;
  /** @traces llm */
  function generateObject(options: ModelOptions): Promise<any>;
  /** @traces llm */
  function streamObject(options: ModelOptions): any;
  /** @traces embedding */
  function embed(options: any): Promise<any>;
  /** @traces embedding */
  function embedMany(options: any): Promise<any>;
  /** @traces llm */
  function experimental_generateImage(options: any): Promise<any>;
  /** @traces llm */
  function experimental_transcribe(options: any): Promise<any>;
  function tool(definition: ToolDefinition): ToolDefinition;
  function dynamicTool(definition: ToolDefinition): ToolDefinition;
  class Agent {
    constructor(options: ModelOptions);
    /** @traces agent */
    generate(options: any): Promise<any>;
    /** @traces agent */
    stream(options: any): any;
    /** @traces agent */
    respond(options: any): any;
    [key: string]: any;
  }
  class ToolLoopAgent extends Agent {}

  export {
    Agent,
    Agent as Experimental_Agent,
    dynamicTool,
    embed,
    embedMany,
    experimental_generateImage,
    experimental_transcribe,
    generateObject,
    generateText,
    streamObject,
    streamText,
    ToolLoopAgent,
    tool,
  };
}
