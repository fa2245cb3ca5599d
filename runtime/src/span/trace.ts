import { decide, type Sampling } from "../sampling/sampling.js";
import { now, unixOffset } from "./clock.js";
import { type DigitWriter, random32, traceId, writeTraceId } from "./ids.js";

/** What another process said of a trace that goes on here. */
export interface RemoteTrace {
  readonly id: string;
  readonly apmId: string | undefined;
  /** null: it decided, and did not say what; undefined: nobody has decided. */
  readonly sampling: Sampling | null | undefined;
}

interface TextWriter extends DigitWriter {
  text(text: string): void;
}

/** What the spans of one trace share. Ids are random from the start and become text when they are asked for. */
export class Trace {
  readonly #start = now();
  /** To be added to `now()` for unix milliseconds; one for the whole trace, so that its spans line up. */
  readonly offset = unixOffset(this.#start);
  /** The first session id set anywhere in the trace; later spans get it. */
  sessionId: string | undefined = undefined;
  readonly #high = random32();
  readonly #low = random32();
  readonly #apmHigh = random32();
  readonly #apmLow = random32();
  #id: string | undefined;
  #apmId: string | undefined;
  #sampling: Sampling | null | undefined;

  constructor(remote?: RemoteTrace) {
    this.#id = remote?.id;
    this.#apmId = remote?.apmId;
    this.#sampling = remote?.sampling;
  }

  get id(): string {
    this.#id ??= traceId(this.#start + this.offset, this.#high, this.#low);
    return this.#id;
  }

  /** The trace id in Datadog's APM, which differs from the LLM Observability one. */
  get apmId(): string {
    this.#apmId ??= traceId(this.#start + this.offset, this.#apmHigh, this.#apmLow);
    return this.#apmId;
  }

  writeId(writer: TextWriter): void {
    if (this.#id === undefined) writeTraceId(writer, this.#start + this.offset, this.#high, this.#low);
    else writer.text(this.#id);
  }

  writeApmId(writer: TextWriter): void {
    if (this.#apmId === undefined) writeTraceId(writer, this.#start + this.offset, this.#apmHigh, this.#apmLow);
    else writer.text(this.#apmId);
  }

  /**
   * The trace's one decision, made when it is first asked for.
   * @param rate from 0 to 1; it counts for a decision that has not been made
   */
  sampling(rate: number): Sampling | null {
    if (this.#sampling === undefined) this.#sampling = decide(rate, () => this.apmId);
    return this.#sampling;
  }
}
