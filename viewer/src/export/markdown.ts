import type { Content, Message, SpanSummary, TraceResponse } from "../api/contract.js";
import { type Fields, fields } from "../span/fields.js";
import { readContent } from "../span/messages.js";
import { errorOf } from "../span/span-row.js";
import type { StoredEvents } from "../store/store.js";

const LONGEST = 20_000;

/** A trace to paste to a colleague or a model: the tree, then every span with what went in and out. */
export function toMarkdown({ trace, spans }: TraceResponse, events: StoredEvents): string {
  const byId = new Map(events.spans.map((event) => [String(fields(event).span_id), fields(event)]));
  const ordered = inTreeOrder(spans);
  return [
    `# ${line(trace.name)}`,
    [
      `${trace.status}`,
      trace.durationMs === null ? "running" : duration(trace.durationMs),
      `${trace.spanCount} spans`,
      ...(trace.totalTokens > 0 ? [`${trace.inputTokens} → ${trace.outputTokens} tokens`] : []),
      ...(trace.cost === null ? [] : [`$${trace.cost.toFixed(6)}`]),
      `trace ${line(trace.traceId)}`,
    ].join(" · "),
    ordered.map(({ span, depth }) => `${"  ".repeat(depth)}- ${heading(span)}`).join("\n"),
    ...ordered.map(({ span }) => section(span, byId.get(span.spanId) ?? {})),
  ]
    .join("\n\n")
    .concat("\n");
}

function heading(span: SpanSummary): string {
  const details = [
    span.durationMs === null ? "running" : duration(span.durationMs),
    ...(span.model === null ? [] : [line(span.model)]),
    ...(span.totalTokens === null ? [] : [`${span.inputTokens ?? 0} → ${span.outputTokens ?? 0} tokens`]),
    ...(span.errorType === null ? [] : [`**${line(span.errorType)}**`]),
  ];
  return `${line(span.kind)} **${line(span.name)}** (${details.join(", ")})`;
}

function section(span: SpanSummary, event: Fields): string {
  const meta = fields(event.meta);
  const { type, message, stack } = errorOf(meta);
  const failure = stack ?? ([type, message].filter((part) => part !== null).join(": ") || null);
  return [
    `## ${line(span.kind)}: ${line(span.name)}`,
    ...content("Input", readContent(meta.input)),
    ...content("Output", readContent(meta.output)),
    ...(span.status === "error" && failure !== null ? [`**Error**\n\n${fenced(failure)}`] : []),
  ].join("\n\n");
}

function content(title: string, given: Content): readonly string[] {
  switch (given.type) {
    case "none":
      return [];
    case "text":
      return [`**${title}**\n\n${fenced(given.json === undefined ? given.text : JSON.stringify(given.json, null, 2))}`];
    case "json":
      return [`**${title}**\n\n${fenced(JSON.stringify(given.json, null, 2))}`];
    case "messages":
      return [`**${title}**`, ...given.messages.map(said)];
    case "documents":
      return [
        `**${title}**`,
        ...given.documents.map(({ name, id, score, text }, at) => {
          const facts = [name ?? id, score].filter((part) => part !== null).join(", ");
          return `${at + 1}. ${line(facts)}\n\n${fenced(text)}`;
        }),
      ];
  }
}

function said(message: Message): string {
  return [
    `*${line(message.role || "message")}*`,
    ...(message.reasoning === null ? [] : [`(thinking)\n\n${fenced(message.reasoning)}`]),
    ...(message.content === "" ? [] : [fenced(message.content)]),
    ...message.toolCalls.map(
      (call) => `calls \`${line(call.name)}\`\n\n${fenced(JSON.stringify(call.arguments, null, 2))}`,
    ),
    ...message.toolResults.map(
      ({ name, result }) => `result${name === null ? "" : ` of \`${line(name)}\``}\n\n${fenced(result)}`,
    ),
  ].join("\n\n");
}

/** A fence longer than any run of backticks within: contents can't end it. */
function fenced(text: string): string {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}\n… ${text.length - LONGEST} more characters` : text;
  const longest = (shown.match(/`{3,}/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${shown}\n${fence}`;
}

function line(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_<>[\]#|]/g, "\\$&");
}

function duration(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(ms < 10 ? 2 : 0)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

function inTreeOrder(spans: readonly SpanSummary[]): readonly { readonly span: SpanSummary; readonly depth: number }[] {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const children = new Map<string | null, SpanSummary[]>();
  for (const span of spans) {
    const parent = span.parentId !== null && ids.has(span.parentId) ? span.parentId : null;
    const known = children.get(parent);
    if (known === undefined) children.set(parent, [span]);
    else known.push(span);
  }
  const waiting = (children.get(null) ?? []).map((span) => ({ span, depth: 0 })).reverse();
  const ordered: { readonly span: SpanSummary; readonly depth: number }[] = [];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    ordered.push(next);
    const { span, depth } = next;
    waiting.push(...(children.get(span.spanId) ?? []).map((child) => ({ span: child, depth: depth + 1 })).reverse());
  }
  return ordered;
}
