import { now, unixOffset } from "./clock.js";
import { traceId } from "./ids.js";

/** What the spans of one trace share. */
export class Trace {
  /** To be added to `now()` for unix milliseconds; one for the whole trace, so that its spans line up. */
  readonly offset = unixOffset();
  /** The first session id set anywhere in the trace; later spans get it. */
  sessionId: string | undefined;
  readonly id: string;
  /** The trace id in Datadog's APM, which differs from the LLM Observability one. */
  readonly apmId: string;

  constructor() {
    const start = now() + this.offset;
    this.id = traceId(start);
    this.apmId = traceId(start);
  }
}
