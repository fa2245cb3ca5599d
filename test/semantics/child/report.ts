/** What a child process says about one fixture. Entries of its log are text. */
export interface FixtureReport {
  readonly log: readonly string[];
  /** What the fixture itself declares: the trees of its spans, one line a span, indented by depth. */
  readonly expectedSpans: string | undefined;
  readonly differences: Differences | undefined;
}

/**
 * Where tracing is known to be seen: for an entry of the original's log what the
 * instrumented program logs in its place, or null where it logs nothing.
 */
export interface Differences {
  /** The text in both states, with tracing off, and with tracing on. */
  readonly always?: Readonly<Record<string, string | null>>;
  readonly off?: Readonly<Record<string, string | null>>;
  readonly on?: Readonly<Record<string, string | null>>;
}

export type Reports = Readonly<Record<string, FixtureReport>>;
