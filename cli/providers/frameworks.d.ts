declare module "express" {
  interface Router {
    /** @handler */
    get(...values: any[]): any;
    /** @handler */
    post(...values: any[]): any;
    /** @handler */
    put(...values: any[]): any;
    /** @handler */
    delete(...values: any[]): any;
    /** @handler */
    all(...values: any[]): any;
    /** @handler */
    use(...values: any[]): any;
    [key: string]: any;
  }
  const express: { (): Router; Router(): Router; [key: string]: any };
  function Router(): Router;

  export { Router };
  export default express;
}

declare module "hono" {
  class Hono {
    constructor(...values: any[]);
    /** @handler */
    get(...values: any[]): any;
    /** @handler */
    post(...values: any[]): any;
    /** @handler */
    put(...values: any[]): any;
    /** @handler */
    all(...values: any[]): any;
    /** @handler */
    use(...values: any[]): any;
    [key: string]: any;
  }

  export { Hono };
}

declare module "fastify" {
  interface Server {
    /** @handler */
    get(...values: any[]): any;
    /** @handler */
    post(...values: any[]): any;
    /** @handler */
    put(...values: any[]): any;
    /** @handler */
    route(...values: any[]): any;
    [key: string]: any;
  }
  function fastify(options?: any): Server;

  export { fastify };
  export default fastify;
}
