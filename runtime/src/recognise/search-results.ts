import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";
import { readDocument } from "./document.js";
import { object, present, text } from "./fields.js";

/**
 * The documents a value is or holds: one, a list of them, or what a vector store's
 * search gives. Undefined when some item is none.
 */
export function readDocuments(value: Json): readonly JsonObject[] | undefined {
  const held = isJsonObject(value) ? (chromaDocuments(value) ?? listIn(value)) : undefined;
  const list = (held ?? (isJsonArray(value) ? value : [value])).map(readDocument);
  const read = list.filter((document) => document !== undefined);
  return read.length === list.length ? read : undefined;
}

/** Pinecone, Qdrant, Weaviate, Bedrock's knowledge bases; OpenAI's vector stores. */
function listIn(found: JsonObject): readonly Json[] | undefined {
  const { matches, points, objects, retrievalResults, data } = found;
  const page = found.object === "vector_store.search_results.page" ? data : undefined;
  return [matches, points, objects, retrievalResults, page].find(isJsonArray);
}

/**
 * Chroma: columns, each a list a query: https://docs.trychroma.com/docs/querying-collections/query-and-get
 * Its distances are left out: less is better there.
 */
function chromaDocuments({ ids, documents, metadatas }: JsonObject): readonly Json[] | undefined {
  if (!isJsonArray(ids) || !isJsonArray(documents)) return undefined;
  const [idList, texts, about] = [ids, documents, isJsonArray(metadatas) ? metadatas : []].map((column) =>
    column.flat(),
  );
  return idList?.map((id, index) => {
    const { source, title } = object(about?.[index]);
    return present<Json>({ id, text: text(texts?.[index]) ?? "", name: source ?? title });
  });
}
