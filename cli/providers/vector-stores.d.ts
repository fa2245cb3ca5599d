declare module "@pinecone-database/pinecone" {
  interface Index {
    namespace(name: any): Index;
    /** @traces retrieval */
    query(options: any): Promise<any>;
    /** @traces retrieval */
    searchRecords(options: any): Promise<any>;
    [key: string]: any;
  }
  class Pinecone {
    constructor(options?: any);
    index(name: any, host?: any): Index;
    Index(name: any, host?: any): Index;
    inference: {
      /** @traces embedding pinecone */
      embed(...values: any[]): Promise<any>;
      /** @traces retrieval pinecone */
      rerank(...values: any[]): Promise<any>;
      [key: string]: any;
    };
    [key: string]: any;
  }

  export { Pinecone };
}

declare module "chromadb" {
  interface Collection {
    /** @traces retrieval */
    query(options: any): Promise<any>;
    [key: string]: any;
  }
  class ChromaClient {
    constructor(options?: any);
    getCollection(options: any): Promise<Collection>;
    getOrCreateCollection(options: any): Promise<Collection>;
    createCollection(options: any): Promise<Collection>;
    [key: string]: any;
  }

  export type { Collection };
  export { ChromaClient, ChromaClient as CloudClient };
}

declare module "@qdrant/js-client-rest" {
  class QdrantClient {
    constructor(options?: any);
    /** @traces retrieval */
    search(collection: any, options: any): Promise<any>;
    /** @traces retrieval */
    query(collection: any, options: any): Promise<any>;
    /** @traces retrieval */
    searchBatch(collection: any, options: any): Promise<any>;
    /** @traces retrieval */
    recommend(collection: any, options: any): Promise<any>;
    [key: string]: any;
  }

  export { QdrantClient };
}

declare module "weaviate-client" {
  interface Query {
    /** @traces retrieval */
    nearText(...values: any[]): Promise<any>;
    /** @traces retrieval */
    nearVector(...values: any[]): Promise<any>;
    /** @traces retrieval */
    hybrid(...values: any[]): Promise<any>;
    /** @traces retrieval */
    bm25(...values: any[]): Promise<any>;
    [key: string]: any;
  }
  interface Collection {
    query: Query;
    /** Retrieval and generation in one call. */
    generate: {
      /** @traces llm weaviate */
      nearText(...values: any[]): Promise<any>;
      /** @traces llm weaviate */
      hybrid(...values: any[]): Promise<any>;
      [key: string]: any;
    };
    [key: string]: any;
  }
  interface WeaviateClient {
    collections: { get(name: any): Collection; use(name: any): Collection; [key: string]: any };
    [key: string]: any;
  }
  const weaviate: {
    connectToWeaviateCloud(...values: any[]): Promise<WeaviateClient>;
    connectToLocal(...values: any[]): Promise<WeaviateClient>;
    connectToCustom(...values: any[]): Promise<WeaviateClient>;
    [key: string]: any;
  };
  export default weaviate;
  export type { WeaviateClient };
}

declare module "@zilliz/milvus2-sdk-node" {
  class MilvusClient {
    constructor(...values: any[]);
    /** @traces retrieval */
    search(options: any): Promise<any>;
    [key: string]: any;
  }

  export { MilvusClient };
}

declare module "@upstash/vector" {
  class Index {
    constructor(options?: any);
    /** @traces retrieval */
    query(...values: any[]): Promise<any>;
    [key: string]: any;
  }

  export { Index };
}
