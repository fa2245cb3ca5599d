import { isJsonObject, type Json, type JsonObject } from "../../json.js";
import { number, object, objects, present, text } from "../fields.js";

/** What a streamed choice came to so far. */
interface Choice {
  role: string;
  finishReason: string | undefined;
  /** Pieces of text by the field of the message they belong to. */
  readonly texts: Map<string, string>;
  readonly calls: Map<number, Call>;
}

interface Call {
  id: string | undefined;
  type: string;
  name: string;
  arguments: string;
}

/** Fields of a delta that come in pieces: OpenAI; DeepSeek, vLLM; Groq, OpenRouter. */
const TEXTS = ["content", "refusal", "reasoning_content", "reasoning"] as const;

/** Puts the deltas of every choice together into choices of a whole answer, tool calls by their index. */
export function openaiDeltas(choices: readonly JsonObject[]): readonly JsonObject[] {
  const byIndex = new Map<number, Choice>();
  for (const { index, delta, finish_reason: finishReason } of choices) {
    const key = number(index) ?? 0;
    const choice = byIndex.get(key) ?? {
      role: "assistant",
      finishReason: undefined,
      texts: new Map(),
      calls: new Map(),
    };
    byIndex.set(key, choice);
    choice.finishReason = text(finishReason) ?? choice.finishReason;
    if (isJsonObject(delta)) add(choice, delta);
  }
  return [...byIndex].sort(([a], [b]) => a - b).map(([, choice]) => whole(choice));
}

function add(choice: Choice, delta: JsonObject): void {
  choice.role = text(delta.role) ?? choice.role;
  for (const field of TEXTS) append(choice.texts, field, delta[field]);
  append(choice.texts, "transcript", object(delta.audio).transcript);
  for (const call of objects(delta.tool_calls)) addCall(choice.calls, number(call.index) ?? choice.calls.size, call);
  if (isJsonObject(delta.function_call)) addCall(choice.calls, 0, { function: delta.function_call });
}

function append(texts: Map<string, string>, field: string, piece: Json | undefined): void {
  if (typeof piece === "string") texts.set(field, (texts.get(field) ?? "") + piece);
}

function addCall(calls: Map<number, Call>, index: number, delta: JsonObject): void {
  const call = calls.get(index) ?? { id: undefined, type: "function", name: "", arguments: "" };
  calls.set(index, call);
  const called = object(delta.function);
  call.id = text(delta.id) ?? call.id;
  call.type = text(delta.type) ?? call.type;
  call.name += text(called.name) ?? "";
  // Mistral's come whole, as text or as an object.
  const args = called.arguments;
  call.arguments += text(args) ?? (args === undefined ? "" : JSON.stringify(args));
}

function whole({ role, finishReason, texts, calls }: Choice): JsonObject {
  // An empty text often stands beside calls.
  if (calls.size > 0 && texts.get("content") === "") texts.delete("content");
  const { transcript, ...said } = Object.fromEntries(texts);
  return present<Json>({
    finish_reason: finishReason,
    message: present<Json>({
      role,
      ...said,
      audio: transcript === undefined ? undefined : { transcript },
      tool_calls: calls.size === 0 ? undefined : [...calls.values()].map(functionCall),
    }),
  });
}

function functionCall({ id, type, ...called }: Call): JsonObject {
  return present<Json>({ id, type, function: called });
}
