import type { ContextAnnotation } from "../annotation/context-annotation.js";
import type { Context } from "../context/context.js";
import type { AgentReference, ParentSpan } from "../span/parent-span.js";
import { Trace } from "../span/trace.js";
import type { TraceContext } from "./trace-context.js";

/** A span of another process, and the context of what goes on below it here. */
export class RemoteParent implements ParentSpan, Context {
  readonly activeSpan = undefined;
  readonly annotations: readonly ContextAnnotation[] | undefined;
  readonly spanId: string;
  readonly trace: Trace | undefined;
  readonly mlApp: string | undefined;
  readonly nearestAgent: AgentReference | undefined;
  readonly #sessionId: string | undefined;

  constructor(context: TraceContext, annotations: readonly ContextAnnotation[] | undefined) {
    const { parentId, traceId, apmTraceId, mlApp, sessionId, sampling, agent } = context;
    this.annotations = annotations;
    this.spanId = parentId ?? "undefined";
    // Whose parent decided without saying makes no decision of its own.
    const decided = sampling ?? (parentId === undefined ? undefined : null);
    this.trace = traceId === undefined ? undefined : new Trace({ id: traceId, apmId: apmTraceId, sampling: decided });
    this.mlApp = mlApp;
    this.#sessionId = sessionId;
    this.nearestAgent = agent;
  }

  get parentSpan(): this {
    return this;
  }

  /** One that was set here since comes first. */
  get sessionId(): string | undefined {
    return this.trace?.sessionId ?? this.#sessionId;
  }
}
