/*
 * What the clients of vector stores give for a search. Replayed, as each client
 * brings a server's worth of packages and the shapes are plain data.
 */

/** https://docs.pinecone.io/reference/api/latest/data-plane/query */
export const pinecone = {
  matches: [
    { id: "p-1", score: 0.9, values: [], metadata: { text: "Refunds take five days.", source: "policy.md" } },
    { id: "p-2", score: 0.7, values: [], metadata: { chapter: 2 } },
  ],
  namespace: "docs",
  usage: { readUnits: 1 },
};

/** https://docs.trychroma.com/docs/querying-collections/query-and-get */
export const chroma = {
  ids: [["c-1", "c-2"]],
  embeddings: null,
  documents: [["Refunds take five days.", "Parcels leave on Mondays."]],
  metadatas: [[{ source: "policy.md" }, null]],
  distances: [[0.1, 0.4]],
  uris: null,
  included: ["documents", "metadatas", "distances"],
};

/** https://api.qdrant.tech/api-reference/search/query-points */
export const qdrant = {
  points: [
    { id: 7, version: 3, score: 0.9, payload: { content: "Refunds take five days.", title: "Policy" }, vector: null },
  ],
};

/** https://docs.weaviate.io/weaviate/search/similarity */
export const weaviate = {
  objects: [
    {
      uuid: "00000000-0000-0000-0000-000000000001",
      metadata: { distance: 0.1, certainty: 0.9 },
      properties: { text: "Refunds take five days.", source: "policy.md" },
      references: undefined,
      vectors: {},
    },
  ],
};

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_Retrieve.html */
export const knowledgeBase = {
  $metadata: { httpStatusCode: 200 },
  retrievalResults: [
    {
      content: { text: "Refunds take five days.", type: "TEXT" },
      location: { type: "S3", s3Location: { uri: "s3://a/policy.md" } },
      score: 0.9,
    },
  ],
};

/** https://developers.llamaindex.ai/typescript: `NodeWithScore` */
export const llamaindex = [
  {
    node: {
      id_: "n-1",
      metadata: { file_name: "policy.md" },
      relationships: {},
      type: "TEXT",
      text: "Refunds take five days.",
      embedding: undefined,
    },
    score: 0.9,
  },
];

/** https://platform.openai.com/docs/api-reference/vector-stores/search */
export const openaiPage = {
  object: "vector_store.search_results.page",
  search_query: ["refunds"],
  data: [
    {
      file_id: "file-1",
      filename: "policy.md",
      score: 0.9,
      attributes: {},
      content: [
        { type: "text", text: "Refunds take" },
        { type: "text", text: "five days." },
      ],
    },
  ],
  has_more: false,
  next_page: null,
};

/** Rows of a database with vectors. */
export const rows = [{ id: 3, content: "Refunds take five days.", similarity: 0.9 }];

/** Of some items there is no telling what they are: they stay one text. */
export const unknown = [{ id: 1, title: "Refunds" }];
export const mixed = [{ text: "Refunds take five days." }, { answer: 42 }];
