declare module "@anthropic-ai/sdk" {
  interface Messages {
    /** @traces llm anthropic */
    create(body: any, options?: any): Promise<any>;
    /** @traces llm anthropic */
    stream(body: any, options?: any): any;
    /** @traces llm anthropic */
    parse(body: any, options?: any): Promise<any>;
    /** @traces agent anthropic */
    toolRunner(body: any, options?: any): any;
    [key: string]: any;
  }
  class Anthropic {
    constructor(options?: any);
    messages: Messages;
    beta: { messages: Messages; [key: string]: any };
    completions: Messages;
    [key: string]: any;
  }

  export { Anthropic };
  export default Anthropic;
}

declare module "@anthropic-ai/bedrock-sdk" {
  import { Anthropic } from "@anthropic-ai/sdk";

  class AnthropicBedrock extends Anthropic {}

  export { AnthropicBedrock };
  export default AnthropicBedrock;
}

declare module "@anthropic-ai/vertex-sdk" {
  import { Anthropic } from "@anthropic-ai/sdk";

  class AnthropicVertex extends Anthropic {}

  export { AnthropicVertex };
  export default AnthropicVertex;
}

declare module "@anthropic-ai/claude-agent-sdk" {
  /** @traces agent anthropic */
  function query(options: any): any;
  function tool(
    name: string,
    description: string,
    schema: any,
    /** @tool */
    handler: (...values: any[]) => any,
  ): any;
  function createSdkMcpServer(options: any): any;

  export { createSdkMcpServer, query, tool };
}
