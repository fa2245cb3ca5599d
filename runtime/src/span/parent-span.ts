import type { Trace } from "./trace.js";

/** The span above a new one, of this process or of another. */
export interface ParentSpan {
  /** Unsigned 64-bit decimal; `"undefined"` where the other process had no span. */
  readonly spanId: string;
  /** Undefined where the other process had no trace. */
  readonly trace: Trace | undefined;
  readonly mlApp: string | undefined;
  readonly sessionId: string | undefined;
  /** Itself if it is an agent, else the nearest one above. */
  readonly nearestAgent: AgentReference | undefined;
}

/** An agent as the spans below it name it. */
export interface AgentReference {
  /** null when another process sent no name: it may hold what a header can't. */
  readonly name: string | null;
  readonly spanId: string;
}
