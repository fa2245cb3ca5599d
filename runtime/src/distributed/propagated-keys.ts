import type { AgentReference } from "../span/parent-span.js";
import type { TraceContext } from "./trace-context.js";

/**
 * What crosses between processes under which key, the most important first
 * (captured from dd-trace 6.21; `x-datadog-tags` puts `_dd.p.` before a key,
 * `tracestate` `t.`).
 */
export const PROPAGATED_KEYS = [
  "llmobs_parent_id",
  "llmobs_ml_app",
  "llmobs_sid",
  "llmobs_sr",
  "llmobs_sd",
  "llmobs_trace_id",
  "llmobs_pagent_span_id",
  "llmobs_pagent_name",
] as const;

export type PropagatedKey = (typeof PROPAGATED_KEYS)[number];

/** The values there are. */
export type Propagated = Readonly<Partial<Record<PropagatedKey, string>>>;

const MAX_AGENT_NAME = 256;
const MAX_64_BITS = (1n << 64n) - 1n;

export function propagated(context: TraceContext): Propagated {
  const { parentId, traceId, mlApp, sessionId, sampling, agent } = context;
  const name = agent?.name ?? "";
  return {
    ...of("llmobs_parent_id", parentId),
    ...of("llmobs_ml_app", mlApp),
    ...of("llmobs_sid", sessionId),
    ...of("llmobs_sr", sampling?.rate),
    ...of("llmobs_sd", sampling?.decision),
    ...of("llmobs_trace_id", traceId === undefined ? undefined : decimalTraceId(traceId)),
    ...of("llmobs_pagent_span_id", agent?.spanId),
    ...of("llmobs_pagent_name", name.length <= MAX_AGENT_NAME ? name : undefined),
  };
}

/** Undefined when nothing in it is of use. */
export function contextFrom(values: Propagated, apmTraceId: string | undefined): TraceContext | undefined {
  const parentId = decimal(values.llmobs_parent_id);
  const mlApp = values.llmobs_ml_app;
  const sessionId = values.llmobs_sid;
  const traceId = eventTraceId(values.llmobs_trace_id);
  if (parentId === undefined && mlApp === undefined && sessionId === undefined && traceId === undefined)
    return undefined;
  const { llmobs_sr: rate, llmobs_sd: decision } = values;
  return {
    parentId,
    // SDKs that sent none used the id of the APM trace (dd-trace before 2026).
    traceId: traceId ?? (parentId === undefined ? undefined : apmTraceId),
    apmTraceId,
    mlApp,
    sessionId,
    sampling: rate !== undefined && (decision === "0" || decision === "1") ? { rate, decision } : undefined,
    agent: agentFrom(values),
  };
}

function agentFrom(values: Propagated): AgentReference | undefined {
  const spanId = decimal(values.llmobs_pagent_span_id);
  return spanId === undefined ? undefined : { spanId, name: values.llmobs_pagent_name ?? null };
}

function of(key: PropagatedKey, value: string | undefined): Propagated {
  return value === undefined || value === "" ? {} : { [key]: value };
}

function decimal(value: string | undefined): string | undefined {
  return value !== undefined && /^\d{1,20}$/.test(value) ? value : undefined;
}

/** The wire has the id of a trace as a decimal number, events have it as hex digits. */
function decimalTraceId(id: string): string {
  return /^[0-9a-f]{32}$/i.test(id) ? BigInt(`0x${id}`).toString() : id;
}

/** A number of up to 64 bits is an id of its own and stays as it is. */
function eventTraceId(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (/^[0-9a-f]{32}$/i.test(value) && (value.startsWith("0") || /[a-f]/i.test(value))) return value;
  if (!/^\d{1,39}$/.test(value)) return undefined;
  const number = BigInt(value);
  if (number <= MAX_64_BITS) return value;
  const digits = number.toString(16).padStart(32, "0");
  return digits.length === 32 ? digits : undefined;
}
