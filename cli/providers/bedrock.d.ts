declare module "@aws-sdk/client-bedrock-runtime" {
  class ConverseCommand {
    constructor(input?: any);
    readonly bedrock: "llm";
  }
  class ConverseStreamCommand extends ConverseCommand {}
  class InvokeModelCommand extends ConverseCommand {}
  class InvokeModelWithResponseStreamCommand extends ConverseCommand {}
  class BedrockRuntimeClient {
    constructor(options?: any);
    /** @traces llm bedrock */
    send(command: any, options?: any): Promise<any>;
    [key: string]: any;
  }
  class BedrockRuntime extends BedrockRuntimeClient {
    /** @traces llm bedrock */
    converse(input: any, options?: any): Promise<any>;
    /** @traces llm bedrock */
    converseStream(input: any, options?: any): Promise<any>;
    /** @traces llm bedrock */
    invokeModel(input: any, options?: any): Promise<any>;
    /** @traces llm bedrock */
    invokeModelWithResponseStream(input: any, options?: any): Promise<any>;
  }

  export {
    BedrockRuntime,
    BedrockRuntimeClient,
    ConverseCommand,
    ConverseStreamCommand,
    InvokeModelCommand,
    InvokeModelWithResponseStreamCommand,
  };
}

declare module "@aws-sdk/client-bedrock-agent-runtime" {
  class RetrieveCommand {
    constructor(input?: any);
  }
  class RetrieveAndGenerateCommand {
    constructor(input?: any);
  }
  class InvokeAgentCommand {
    constructor(input?: any);
  }
  class BedrockAgentRuntimeClient {
    constructor(options?: any);
    /** @traces retrieval */
    send(command: RetrieveCommand, options?: any): Promise<any>;
  }

  export { BedrockAgentRuntimeClient, InvokeAgentCommand, RetrieveAndGenerateCommand, RetrieveCommand };
}
