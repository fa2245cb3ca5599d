/** What happens to a span when its function's result is known, besides ending it. */
export interface Ending {
  /** Capture the result as the span's output. */
  readonly captures: boolean;
  /** `before` looks at what it is given, so the chunks of a stream are kept for it. */
  readonly needsResult: boolean;
  /** Before the span ends, with the awaited value or the chunks of a stream. Never throws. */
  before(result: unknown): void;
}
