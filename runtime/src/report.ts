/** What the runtime lost or could not do, counted; see `llmobs.stats()`. Every loss is in one of these. */
export interface Counters {
  /** Spans started. */
  started: number;
  /** Spans finished and handed to the export queue. */
  finished: number;
  /** Evaluations and feedback handed to the export queue. */
  evaluations: number;
  /** Records acknowledged by each destination, summed. */
  exported: number;
  /** Records dropped because the queue was full. */
  droppedQueueFull: number;
  /** Records given up after the last retry, or refused by a destination. */
  droppedExport: number;
  /** Records still queued when the process had to leave. */
  droppedAtExit: number;
  /** Records the leaving process kept in its spill folder, for the next one to send. */
  spilled: number;
  /** Spans a processor dropped. */
  droppedByProcessor: number;
  /** Spans that lost their content because a processor threw, gave back no span, or did not answer in time. */
  processorErrors: number;
  /** Attribute expressions of tags that threw. */
  attributeErrors: number;
  /** Calls and values that made no sense and were left out, such as `annotate` without a span. */
  ignored: number;
  /** Faults inside this package, swallowed so that they do not reach the program. */
  internalErrors: number;
}

export function createCounters(): Counters {
  return {
    started: 0,
    finished: 0,
    evaluations: 0,
    exported: 0,
    droppedQueueFull: 0,
    droppedExport: 0,
    droppedAtExit: 0,
    spilled: 0,
    droppedByProcessor: 0,
    processorErrors: 0,
    attributeErrors: 0,
    ignored: 0,
    internalErrors: 0,
  };
}

/** Says things on stderr, under the `[llmobs]` prefix. Never throws. */
export class Reporter {
  readonly counters: Counters = createCounters();
  readonly #said = new Set<string>();

  /** `key` tells warnings apart: the same key is said once a process. */
  warnOnce(key: string, message: string): void {
    try {
      if (this.#said.has(key) || this.#said.size >= 1000) return;
      this.#said.add(key);
    } catch {
      // The program replaced what sets can do; better said twice.
    }
    this.say(message);
  }

  /** Says it now, however often. */
  say(message: string): void {
    try {
      process.stderr.write(`[llmobs] ${message}\n`);
    } catch {
      // stderr may be closed or absent; the counters still tell.
    }
  }

  /** Counts something the program said that is left out, and says the first of its kind. */
  ignore(key: string, message: string): void {
    this.counters.ignored++;
    this.warnOnce(key, message);
  }

  /** Counts a fault of our own and says the first of its kind. */
  internalError(where: string, error: unknown): void {
    this.counters.internalErrors++;
    let text: string;
    try {
      text = error instanceof Error ? error.message : String(error);
    } catch {
      text = "an error that cannot be printed";
    }
    this.warnOnce(`internal:${where}`, `internal fault in ${where}: ${text} (your program is not affected)`);
  }
}
