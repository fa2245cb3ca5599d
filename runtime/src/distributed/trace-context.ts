import type { Sampling } from "../sampling/sampling.js";
import type { AgentReference, ParentSpan } from "../span/parent-span.js";

/** What the spans of one process tell those of another. */
export interface TraceContext {
  /** Decimal; undefined where there was no span. */
  readonly parentId: string | undefined;
  /** As on events: 32 hex digits, or what another SDK has instead. */
  readonly traceId: string | undefined;
  /** 32 hex digits. */
  readonly apmTraceId: string | undefined;
  readonly mlApp: string | undefined;
  readonly sessionId: string | undefined;
  readonly sampling: Sampling | undefined;
  readonly agent: AgentReference | undefined;
}

/** @param sampleRate for a trace that has not been decided on */
export function contextBelow(parent: ParentSpan, sampleRate: number): TraceContext {
  const { spanId, trace, mlApp, sessionId, nearestAgent } = parent;
  return {
    parentId: spanId === "undefined" ? undefined : spanId,
    traceId: trace?.id,
    apmTraceId: trace?.apmId,
    mlApp,
    sessionId: sessionId ?? trace?.sessionId,
    sampling: trace?.sampling(sampleRate) ?? undefined,
    agent: nearestAgent,
  };
}
