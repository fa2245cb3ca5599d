/**
 * Something on its way out: made on the caller's path, encoded later in the
 * pipeline's own time. `type` is that of the local file format.
 */
export interface ExportRecord {
  readonly type: "start" | "span" | "evaluation";
  /** Estimated size in bytes while it waits in the queue. */
  readonly weight: number;
  /**
   * A start record whose span has already finished when its turn comes is
   * left out: the span record says everything it would.
   */
  readonly superseded: boolean;
  /**
   * The wire's own event as one line of pure-ASCII JSON, at most the event limit
   * in bytes; null when the record is to be dropped. May throw: the pipeline
   * counts it as an internal error.
   */
  encode(): string | null;
}

/** An encoded record: `json` is pure ASCII, so its length is its size in bytes. */
export interface EncodedRecord {
  readonly type: ExportRecord["type"];
  readonly json: string;
}

/** One destination. Implementations never reject and never throw. */
export interface Exporter {
  readonly name: "files" | "datadog";
  /** Whether it takes `start` records too (local files do, Datadog does not). */
  readonly wantsStart: boolean;
  /** Resolves when every record is acknowledged or given up; what was given up is counted. */
  send(records: readonly EncodedRecord[]): Promise<void>;
  /** Called from the process's `exit` event: deliver synchronously, return how many records were. */
  sendSync(records: readonly EncodedRecord[]): number;
  /** Releases sockets and descriptors. */
  close(): void;
}
