/** The three things that are exported; named as in the local file format. */
export type RecordType = "start" | "span" | "evaluation";

/** An event as one line of JSON in pure ASCII. */
export interface EncodedEvent {
  /** The event is what they begin with. */
  readonly bytes: Uint8Array;
  /** How many of them are the event's. */
  readonly length: number;
}

/**
 * Encoding that gives the event loop back between steps; it ends with what
 * `encode` would have returned.
 */
export type EncodingSteps = Generator<undefined, EncodedEvent | string | null, undefined>;

/**
 * Something on its way out: made on the caller's path, encoded later in the
 * pipeline's own time.
 */
export interface ExportRecord {
  readonly type: RecordType;
  /** Estimated size in bytes while it waits in the queue. */
  readonly weight: number;
  /**
   * A start record whose span has already finished when its turn comes is
   * left out: the span record says everything it would.
   */
  readonly superseded: boolean;
  /**
   * The wire's own event as one line of JSON: text with any character in it, or
   * bytes that hold until the next record is encoded; null when the record is to
   * be dropped. May throw: the pipeline counts it as an internal error.
   */
  encode(): EncodedEvent | string | null;
  /** The same for a record so large that encoding it at once would hold the event loop. */
  encodeInSteps?(): EncodingSteps;
}
