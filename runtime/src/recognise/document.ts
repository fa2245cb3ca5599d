import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../json.js";
import { number, object, objects, present, text } from "./fields.js";

/** One document in the wire's form: text, name, id, score. Undefined when there is no text in it. */
export function readDocument(value: Json): JsonObject | undefined {
  if (typeof value === "string") return { text: value };
  if (isScored(value)) return scored(readDocument(value[0]), value[1]);
  if (!isJsonObject(value)) return undefined;
  // LlamaIndex
  if (isJsonObject(value.node)) return scored(readDocument(value.node), value.score);
  const about = object(value.metadata);
  const said = ownText(value) ?? pieces(value.content);
  return said === undefined ? match(value) : document(said, value, about, value.id ?? value.id_ ?? value.file_id);
}

/** LangChain's search with scores gives pairs. */
function isScored(value: Json): value is readonly [JsonObject, number] {
  return isJsonArray(value) && value.length === 2 && isJsonObject(value[0] ?? null) && typeof value[1] === "number";
}

function scored(found: JsonObject | undefined, score: Json | undefined): JsonObject | undefined {
  return found && present<Json>({ ...found, score: number(score) ?? found.score });
}

/** Rows and plain documents; LangChain. */
function ownText({ text: own, pageContent, content }: JsonObject): string | undefined {
  return text(own) ?? text(pageContent) ?? text(content);
}

/** Bedrock's knowledge bases; OpenAI's vector stores. */
function pieces(content: Json | undefined): string | undefined {
  if (isJsonObject(content)) return text(content.text);
  const texts = objects(content).map((piece) => text(piece.text));
  return texts.length > 0 && !texts.includes(undefined) ? texts.join("\n") : undefined;
}

/** What a vector store found; the text is where its user put it: Pinecone, Qdrant, Weaviate. */
function match(value: JsonObject): JsonObject | undefined {
  const { id, uuid, score, metadata, payload, properties } = value;
  if (typeof score === "number" && id !== undefined) {
    const held = object(payload ?? metadata);
    return document(heldText(held), value, held, id);
  }
  if (typeof uuid !== "string" || !isJsonObject(properties)) return undefined;
  return scored(
    document(heldText(properties), value, properties, uuid),
    object(metadata).score ?? object(metadata).certainty,
  );
}

function heldText(held: JsonObject): string {
  const said = [held.text, held.content, held.pageContent, held.page_content, held.document, held.chunk];
  return said.map(text).find((each) => each !== undefined) ?? JSON.stringify(held);
}

function document(said: string, value: JsonObject, about: JsonObject, id: Json | undefined): JsonObject {
  const names = [value.name, value.filename, about.source, about.title, about.file_name, about.filename];
  return present<Json>({
    text: said,
    name: names.map(text).find((name) => name !== undefined),
    id: typeof id === "string" || typeof id === "number" ? String(id) : undefined,
    score: number(value.score) ?? number(value.similarity),
  });
}
