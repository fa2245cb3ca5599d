/** `12 ms`, `1.24 s`, `2 min 5 s`, `1 h 2 min`; an en dash for what isn't known. */
export function formatDuration(milliseconds: number | null): string {
  if (milliseconds === null) return "–";
  if (milliseconds < 1) return `${Math.round(milliseconds * 1000)} µs`;
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_995) return `${(milliseconds / 1000).toFixed(2)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat("en");

export function formatCount(count: number): string {
  return count < 10_000 ? whole.format(count) : compact.format(count);
}

/** What the API says of tokens, of a trace or of a span. */
export interface TokenCounts {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly totalTokens: number | null;
}

export function hasTokens({ totalTokens }: TokenCounts): boolean {
  return totalTokens !== null && totalTokens > 0;
}

export function formatTokens(counts: TokenCounts): string {
  return hasTokens(counts) ? formatCount(counts.totalTokens ?? 0) : "–";
}

export function describeTokens({ inputTokens, outputTokens, totalTokens }: TokenCounts): string {
  if (inputTokens === null || outputTokens === null) return `${whole.format(totalTokens ?? 0)} tokens`;
  return `${whole.format(inputTokens)} in, ${whole.format(outputTokens)} out`;
}

/** What the API says of money. */
export interface CostFacts extends TokenCounts {
  readonly cost: number | null;
  /** Spans without a known price; absent for a single span. */
  readonly unpricedSpans?: number;
}

/** A cost that nobody can know reads `unknown`, never as zero; a dash stands where there was nothing to pay for. */
export function formatCost(facts: CostFacts): string {
  const { cost, unpricedSpans = 0 } = facts;
  if (cost === null) return hasTokens(facts) ? "unknown" : "–";
  return unpricedSpans > 0 ? `≥ ${formatDollars(cost)}` : formatDollars(cost);
}

export function explainCost(facts: CostFacts): string {
  const { cost, unpricedSpans = 0 } = facts;
  if (cost === null) return hasTokens(facts) ? "the price of this model is not known" : "no model was paid for";
  return unpricedSpans > 0 ? `the price of ${unpricedSpans} of its model calls is not known` : "by list prices";
}

export function formatDollars(dollars: number): string {
  if (dollars === 0) return "$0";
  if (dollars < 0.000_1) return "< $0.0001";
  if (dollars < 0.1) return `$${dollars.toFixed(4)}`;
  if (dollars < 100) return `$${dollars.toFixed(2)}`;
  return `$${compact.format(dollars)}`;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric" });

/** The time of day; with the day where it isn't today's. */
export function formatTime(milliseconds: number, now: number = Date.now()): string {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return "–";
  const time = clock.format(date);
  return date.toDateString() === new Date(now).toDateString() ? time : `${day.format(date)} ${time}`;
}

export function formatExactTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? "–" : date.toISOString();
}
