import type { SpanSummary } from "../../api/contract.js";
import { formatCost, formatDuration, formatTokens, hasTokens } from "../text/figures.js";
import { VisibleText } from "../text/visible-text.js";
import { endOf, type Heat } from "./heat.js";
import { KindBadge } from "./kind-badge.js";
import type { SpanRow } from "./span-tree.js";

/** The stretch of time that the whole width of the waterfall shows, ms. */
export interface TimeAxis {
  readonly start: number;
  readonly end: number;
}

interface SpanLineProps {
  readonly row: SpanRow;
  readonly axis: TimeAxis;
  readonly now: number;
  readonly heat: Heat;
  readonly selected: boolean;
  readonly highlight: RegExp | null;
  readonly onSelect: (spanId: string) => void;
  readonly onToggle: (spanId: string) => void;
}

/** A line of the tree and its bar of the waterfall. */
export function SpanLine({ row, axis, now, heat, selected, highlight, onSelect, onToggle }: SpanLineProps) {
  const { span, depth, childCount, open } = row;
  const duration = span.durationMs ?? (span.status === "running" ? Math.max(0, now - span.startMs) : null);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: keys move through the tree as a whole
    // biome-ignore lint/a11y/useKeyWithClickEvents: the screen's keys do the same
    <div
      role="treeitem"
      class="span-line"
      data-selected={selected}
      data-status={span.status}
      data-heat={heat}
      aria-level={depth + 1}
      aria-selected={selected}
      aria-expanded={childCount === 0 ? undefined : open}
      onClick={() => onSelect(span.spanId)}
    >
      <div class="span-label" style={{ paddingLeft: `${Math.min(depth, 24) * 14 + 4}px` }}>
        {childCount > 0 ? (
          <button
            type="button"
            class="span-toggle"
            tabIndex={-1}
            aria-label={open ? "Close" : "Open"}
            onClick={(event) => {
              event.stopPropagation();
              onToggle(span.spanId);
            }}
          >
            {open ? "▾" : "▸"}
          </button>
        ) : (
          <span class="span-toggle" />
        )}
        <KindBadge kind={span.kind} />
        <span class="span-name">
          <VisibleText text={span.name} highlight={highlight} />
        </span>
        {!open && <span class="quiet"> +{childCount}</span>}
        {row.orphan && (
          <span class="quiet" title="Its parent span has not come">
            {" "}
            ⋯
          </span>
        )}
        {span.status === "error" && (
          <span class="bad" role="img" aria-label="failed" title={span.errorType ?? "failed"}>
            {" "}
            ✕
          </span>
        )}
        <span class="span-figures quiet">
          {hasTokens(span) && <span>{formatTokens(span)} tok</span>}
          {hasTokens(span) && <span>{formatCost(span)}</span>}
        </span>
      </div>
      <Bar span={span} axis={axis} now={now} caption={formatDuration(duration)} />
    </div>
  );
}

function Bar({
  span,
  axis,
  now,
  caption,
}: {
  readonly span: SpanSummary;
  readonly axis: TimeAxis;
  readonly now: number;
  readonly caption: string;
}) {
  const width = Math.max(axis.end - axis.start, Number.EPSILON);
  const left = place((span.startMs - axis.start) / width);
  const right = place((endOf(span, now) - axis.start) / width);
  const firstToken = span.timeToFirstTokenMs;
  return (
    <div class="span-track">
      <div
        class="span-bar"
        data-kind={span.kind}
        style={{ left: `${left}%`, width: `${Math.max(right - left, 0.15)}%` }}
      />
      {firstToken !== null && (
        <div
          class="first-token"
          style={{ left: `${place((span.startMs + firstToken - axis.start) / width)}%` }}
          role="img"
          aria-label={`first token after ${formatDuration(firstToken)}`}
          title={`first token after ${formatDuration(firstToken)}`}
        />
      )}
      <span class="span-duration" data-side={right > 82 ? "before" : "after"} style={durationPlace(left, right)}>
        {caption}
      </span>
    </div>
  );
}

function durationPlace(left: number, right: number) {
  return right > 82 ? { right: `${100 - left}%` } : { left: `${right}%` };
}

function place(share: number): number {
  return Math.min(100, Math.max(0, share * 100));
}
