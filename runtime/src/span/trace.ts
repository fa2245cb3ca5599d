import { now, unixOffset } from "./clock.js";
import { random32, traceId } from "./ids.js";

/** What the spans of one trace share. Ids are random from the start and become text when they are asked for. */
export class Trace {
  readonly #start = now();
  /** To be added to `now()` for unix milliseconds; one for the whole trace, so that its spans line up. */
  readonly offset = unixOffset(this.#start);
  /** The first session id set anywhere in the trace; later spans get it. */
  sessionId: string | undefined = undefined;
  readonly #high = random32();
  readonly #low = random32();
  #id: string | undefined = undefined;
  #apmId: string | undefined = undefined;

  get id(): string {
    this.#id ??= traceId(this.#start + this.offset, this.#high, this.#low);
    return this.#id;
  }

  /** The trace id in Datadog's APM, which differs from the LLM Observability one. */
  get apmId(): string {
    this.#apmId ??= traceId(this.#start + this.offset, random32(), random32());
    return this.#apmId;
  }
}
