import type { ConversationResponse, ConversationTurn, Message } from "../../api/contract.js";
import { fields } from "../../span/fields.js";
import { readContent } from "../../span/messages.js";
import type { Query, Row } from "../database.js";

const MOST_TRACES = 200;
const MOST_SPANS = 2000;

/** Undefined where there is no such trace. */
export async function readTraceConversation(query: Query, traceId: string): Promise<ConversationResponse | undefined> {
  const conversation = await readConversation(query, [traceId], false);
  return conversation.spans === 0 ? undefined : conversation.response;
}

/** Undefined where no trace has that session. */
export async function readSessionConversation(
  query: Query,
  sessionId: string,
): Promise<ConversationResponse | undefined> {
  const rows = await query(
    `select trace_id from trace where session_id = $1 order by start_ns desc, trace_id desc limit ${MOST_TRACES + 1}`,
    [sessionId],
  );
  if (rows.length === 0) return undefined;
  const traceIds = rows
    .slice(0, MOST_TRACES)
    .map(({ trace_id }) => String(trace_id))
    .reverse();
  return (await readConversation(query, traceIds, rows.length > MOST_TRACES)).response;
}

async function readConversation(query: Query, traceIds: readonly string[], isTruncated: boolean) {
  const rows = await query(
    `select trace_id, span_id, parent_id, name, kind, model, start_ns::float8 as start_ns, event
      from span join series on series.id = series_id
      where trace_id = any($1::text[]) order by span.start_ns, seq limit ${MOST_SPANS + 1}`,
    [traceIds],
  );
  const spans = rows.slice(0, MOST_SPANS);
  const calls = spans.filter(({ kind }) => kind === "llm");
  // Without a model call the roots' own words are the conversation.
  const speaking = calls.length > 0 ? calls : spans.filter(({ parent_id }) => parent_id === null);
  return {
    spans: rows.length,
    response: { turns: turnsOf(speaking), traceIds, truncated: isTruncated || rows.length > MOST_SPANS },
  };
}

/** A call's input repeats what was said before it: only what is new in it makes a turn. */
function turnsOf(spans: readonly Row[]): readonly ConversationTurn[] {
  const said = new Map<string, number>();
  return spans.flatMap((span) => {
    const { input, output } = fields(fields(JSON.parse(String(span.event))).meta);
    const inCall = new Map<string, number>();
    const turns = [...messagesOf(input, "user"), ...messagesOf(output, "assistant")].filter((message) => {
      const key = JSON.stringify([message.role, message.content, message.toolCalls, message.toolResults]);
      const times = (inCall.get(key) ?? 0) + 1;
      inCall.set(key, times);
      return times > (said.get(key) ?? 0);
    });
    for (const [key, times] of inCall) said.set(key, Math.max(times, said.get(key) ?? 0));
    return turns.map((message) => ({
      traceId: String(span.trace_id),
      spanId: String(span.span_id),
      spanName: String(span.name),
      spanKind: String(span.kind),
      timeMs: Number(span.start_ns) / 1e6,
      model: typeof span.model === "string" && span.model !== "" ? span.model : null,
      message,
    }));
  });
}

function messagesOf(io: unknown, role: string): readonly Message[] {
  const content = readContent(io);
  switch (content.type) {
    case "messages":
      return content.messages.map((message) => (message.role === "" ? { ...message, role } : message));
    case "text":
      return [{ role, content: content.text, reasoning: null, toolCalls: [], toolResults: [], media: [] }];
    case "json":
      return [
        { role, content: JSON.stringify(content.json), reasoning: null, toolCalls: [], toolResults: [], media: [] },
      ];
    default:
      return [];
  }
}
