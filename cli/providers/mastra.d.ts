declare module "@mastra/core/agent" {
  class Agent {
    constructor(options: any);
    /** @traces agent */
    generate(messages: any, options?: any): Promise<any>;
    /** @traces agent */
    stream(messages: any, options?: any): Promise<any>;
    [key: string]: any;
  }

  export { Agent };
}

declare module "@mastra/core/tools" {
  function createTool(options: {
    /** @tool */
    execute: (...values: any[]) => any;
    [key: string]: any;
  }): any;

  export { createTool };
}

declare module "@mastra/core/workflows" {
  function createStep(options: {
    /** @node */
    execute: (...values: any[]) => any;
    [key: string]: any;
  }): any;
  interface Run {
    /** @traces workflow */
    start(options?: any): Promise<any>;
    [key: string]: any;
  }
  interface Workflow {
    createRun(options?: any): Run;
    createRunAsync(options?: any): Promise<Run>;
    then(step: any): Workflow;
    commit(): Workflow;
    [key: string]: any;
  }
  function createWorkflow(options: any): any;

  export { createStep, createWorkflow };
}

declare module "@mastra/core" {
  import { Agent } from "@mastra/core/agent";

  class Mastra {
    constructor(options?: any);
    getAgent(name: any): Agent;
    [key: string]: any;
  }

  export { Agent } from "@mastra/core/agent";
  export { createTool } from "@mastra/core/tools";
  export { createStep, createWorkflow } from "@mastra/core/workflows";
  export { Mastra };
}

declare module "@mastra/core/mastra" {
  export { Mastra } from "@mastra/core";
}
