import { fields, finite, isFields, list, text } from "../span/fields.js";
import { type SpanRow, toSpanRow } from "../span/span-row.js";

/*
 * OTLP/JSON with OpenTelemetry's GenAI names where they have one and OpenInference's where not
 * (https://github.com/open-telemetry/semantic-conventions-genai).
 */

const OPERATIONS: Readonly<Record<string, string>> = {
  workflow: "invoke_workflow",
  agent: "invoke_agent",
  llm: "chat",
  tool: "execute_tool",
  embedding: "embeddings",
  retrieval: "retrieval",
};

type Attribute = { readonly key: string; readonly value: Readonly<Record<string, unknown>> };

export function toOtlp(events: readonly unknown[]): unknown {
  const rows = events.filter(isFields).map((event) => ({ event, row: toSpanRow(event) }));
  const byApp = new Map<string, unknown[]>();
  for (const { event, row } of rows) {
    if (typeof row === "string") continue;
    byApp.set(row.app, [...(byApp.get(row.app) ?? []), toOtlpSpan(row, fields(event.meta))]);
  }
  return {
    resourceSpans: [...byApp].map(([app, spans]) => ({
      resource: { attributes: [attribute("service.name", app)].flat() },
      scopeSpans: [{ scope: { name: "llmobs-instrument" }, spans }],
    })),
  };
}

function toOtlpSpan(row: SpanRow, meta: Readonly<Record<string, unknown>>): unknown {
  const isCall = row.kind === "llm" || row.kind === "embedding" || row.kind === "retrieval";
  const input = fields(meta.input);
  const output = fields(meta.output);
  return {
    traceId: hex(row.traceId, 32),
    spanId: hex(row.spanId, 16),
    ...(row.parentId === null ? {} : { parentSpanId: hex(row.parentId, 16) }),
    name: row.name,
    kind: isCall ? 3 : 1,
    startTimeUnixNano: String(BigInt(row.startNs)),
    endTimeUnixNano: String(BigInt(row.startNs) + BigInt(row.durationNs ?? 0)),
    attributes: [
      attribute("llmobs.span.kind", row.kind),
      attribute("gen_ai.operation.name", Object.hasOwn(OPERATIONS, row.kind) ? OPERATIONS[row.kind] : undefined),
      attribute("gen_ai.request.model", row.model),
      attribute("gen_ai.provider.name", row.provider),
      attribute("gen_ai.usage.input_tokens", row.inputTokens),
      attribute("gen_ai.usage.output_tokens", row.outputTokens),
      attribute("gen_ai.conversation.id", row.sessionId),
      attribute("input.value", text(input.value)),
      attribute("output.value", text(output.value)),
      attribute("gen_ai.input.messages", list(input.messages).length > 0 ? parts(input.messages) : undefined),
      attribute("gen_ai.output.messages", list(output.messages).length > 0 ? parts(output.messages) : undefined),
      attribute("gen_ai.retrieval.documents", output.documents),
      attribute("metadata", meta.metadata),
      attribute("tag.tags", row.tags),
      attribute("error.type", row.errorType),
    ].flat(),
    status: row.status === "error" ? { code: 2, message: row.errorPreview ?? "" } : { code: 1 },
  };
}

function parts(messages: unknown): unknown {
  return list(messages).map((message) => {
    const { role, content, tool_calls } = fields(message);
    return {
      role,
      parts: [
        ...(typeof content === "string" && content !== "" ? [{ type: "text", content }] : []),
        ...list(tool_calls).map((call) => {
          const { tool_id, name, arguments: given } = fields(call);
          return { type: "tool_call", id: tool_id, name, arguments: given };
        }),
      ],
    };
  });
}

/** None where there is no value. */
function attribute(key: string, value: unknown): readonly Attribute[] {
  if (value === undefined || value === null || value === "") return [];
  if (typeof value === "string") return [{ key, value: { stringValue: value } }];
  const number = finite(value);
  if (number !== null)
    return [{ key, value: Number.isInteger(number) ? { intValue: String(number) } : { doubleValue: number } }];
  return [{ key, value: { stringValue: JSON.stringify(value) } }];
}

/** Datadog's span ids are decimal; ids that are neither are hashed into the space. */
function hex(id: string, length: number): string {
  if (id.length === length && /^[0-9a-f]+$/i.test(id)) return id.toLowerCase();
  if (/^\d{1,20}$/.test(id))
    return BigInt.asUintN(length * 4, BigInt(id))
      .toString(16)
      .padStart(length, "0");
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(id)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0").padStart(length, "0");
}
