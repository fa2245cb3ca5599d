import type { ComponentChild } from "preact";
import type { SearchHit, TraceSummary } from "../../api/contract.js";
import { Link } from "../address/link.js";
import {
  describeTokens,
  explainCost,
  formatCost,
  formatDuration,
  formatExactTime,
  formatTime,
  formatTokens,
  hasTokens,
} from "../text/figures.js";
import { VisibleText } from "../text/visible-text.js";
import { KindBadge } from "../trace/kind-badge.js";

interface TraceRowProps {
  readonly trace: TraceSummary;
  readonly to: string;
  readonly selected: boolean;
  readonly now: number;
  readonly highlight: RegExp | null;
}

export function TraceRow({ trace, to, selected, now, highlight }: TraceRowProps) {
  const { status } = trace;
  const duration = status === "running" ? Math.max(0, now - trace.startMs) : trace.durationMs;
  return (
    <Link to={to} class="trace-row" data-selected={selected} data-status={status}>
      <span class="trace-status" role="img" aria-label={status} title={status} />
      <span class="trace-name">
        <KindBadge kind={trace.kind} />
        <strong>
          <VisibleText text={trace.name} highlight={highlight} />
        </strong>
        {trace.spanCount > 1 && <span class="quiet"> {trace.spanCount} spans</span>}
        {trace.errorCount > 0 && <span class="bad"> {trace.errorCount} failed</span>}
      </span>
      <span class="trace-preview">
        <Preview trace={trace} />
      </span>
      <span class="trace-model quiet">
        <VisibleText text={trace.models.join(", ")} />
      </span>
      <span class="trace-session quiet" title={trace.sessionId === null ? undefined : "session"}>
        <VisibleText text={trace.sessionId ?? ""} />
      </span>
      <span class="trace-tokens number" title={hasTokens(trace) ? describeTokens(trace) : "no tokens recorded"}>
        {formatTokens(trace)}
        <span class="unit"> tok</span>
      </span>
      <span class="trace-cost number" title={explainCost(trace)}>
        {formatCost(trace)}
      </span>
      <span class="trace-duration number">{formatDuration(duration)}</span>
      <time
        class="trace-time number quiet"
        dateTime={formatExactTime(trace.startMs)}
        title={formatExactTime(trace.startMs)}
      >
        {formatTime(trace.startMs, now)}
      </time>
    </Link>
  );
}

function Preview({ trace }: { readonly trace: TraceSummary }) {
  const hit = trace.hits?.[0];
  if (hit !== undefined) {
    return (
      <span class="trace-hit">
        <span class="quiet">
          <VisibleText text={hit.spanName} />:{" "}
        </span>
        <Hit hit={hit} />
      </span>
    );
  }
  return (
    <>
      <VisibleText text={trace.inputPreview} />
      {trace.outputPreview !== "" && (
        <>
          <span class="quiet"> → </span>
          <VisibleText text={trace.outputPreview} />
        </>
      )}
    </>
  );
}

function Hit({ hit: { text, ranges } }: { readonly hit: SearchHit }) {
  const pieces: ComponentChild[] = [];
  let end = 0;
  for (const [from, to] of ranges) {
    pieces.push(<VisibleText text={text.slice(end, from)} />);
    pieces.push(
      <mark>
        <VisibleText text={text.slice(from, to)} />
      </mark>,
    );
    end = to;
  }
  pieces.push(<VisibleText text={text.slice(end)} />);
  return <>{pieces}</>;
}
