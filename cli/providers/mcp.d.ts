declare module "@modelcontextprotocol/sdk/server/mcp.js" {
  class McpServer {
    constructor(...values: any[]);
    /** @tool */
    tool(...values: any[]): any;
    /** @tool */
    registerTool(...values: any[]): any;
    [key: string]: any;
  }

  export { McpServer };
  export const ResourceTemplate: any;
}

declare module "@modelcontextprotocol/sdk/client/index.js" {
  class Client {
    constructor(...values: any[]);
    /** @traces tool */
    callTool(request: any, schema?: any, options?: any): Promise<any>;
    [key: string]: any;
  }

  export { Client };
}

declare module "fastmcp" {
  class FastMCP {
    constructor(options: any);
    addTool(definition: {
      /** @tool */
      execute: (...values: any[]) => any;
      [key: string]: any;
    }): any;
    [key: string]: any;
  }

  export { FastMCP };
}
