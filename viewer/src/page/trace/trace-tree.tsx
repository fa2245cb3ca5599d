import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { SpanSummary, TraceResponse } from "../../api/contract.js";
import { navigate } from "../address/address.js";
import { useKeys } from "../keys/keys.js";
import { VirtualRows } from "../rows/virtual-rows.js";
import { SpanPanel } from "../span/span-panel.js";
import { searchWords } from "../text/search-words.js";
import { AxisTicks } from "./axis.js";
import { endOf, type HeatMeasure, heatOf } from "./heat.js";
import { KindFilter } from "./kind-filter.js";
import { SpanLine, type TimeAxis } from "./span-line.js";
import { spanRows, spanTree } from "./span-tree.js";
import { TraceHead } from "./trace-head.js";

const rowHeight = 28;

interface TraceTreeProps {
  readonly detail: TraceResponse;
  readonly selectedId: string | null;
  readonly search: string;
  readonly onSelect: (spanId: string | null) => void;
}

/** Tree and waterfall on one axis, and the selected span beside them. */
export function TraceTree({ detail, selectedId, search, onSelect }: TraceTreeProps) {
  const { spans, trace } = detail;
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [hiddenKinds, setHiddenKinds] = useState<ReadonlySet<string>>(new Set());
  const [measure, setMeasure] = useState<HeatMeasure>("time");
  const running = spans.some(({ status }) => status === "running");
  const now = useNow(running);

  const roots = useMemo(() => spanTree(spans), [spans]);
  const rows = useMemo(
    () => spanRows(roots, closed, (span) => hiddenKinds.has(span.kind)),
    [roots, closed, hiddenKinds],
  );
  const axis = useMemo(() => axisOf(spans, now), [spans, now]);
  const heats = useMemo(() => heatOf(roots, measure, now), [roots, measure, now]);
  const highlight = useMemo(() => searchWords(search), [search]);
  const chosen = selectedId ?? roots[0]?.span.spanId ?? "";
  const selected = rows.findIndex(({ span }) => span.spanId === chosen);

  const toggle = useCallback((spanId: string) => setClosed((before) => toggled(before, spanId)), []);
  const move = (to: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (row !== undefined) onSelect(row.span.spanId);
  };
  const fold = (open: boolean) => {
    const row = rows[selected];
    if (row === undefined) return;
    if (row.childCount > 0 && row.open !== open) toggle(row.span.spanId);
    else if (open) move(selected + 1);
    else move(rows.findLastIndex(({ depth }, index) => index < selected && depth < row.depth));
  };
  const nextFailure = () => {
    const failed = (from: number) => rows.findIndex(({ span }, index) => index > from && span.status === "error");
    const found = failed(selected);
    const to = found >= 0 ? found : failed(-1);
    if (to >= 0) move(to);
  };
  useKeys([
    { key: "j", label: "Next span", run: () => move(selected + 1) },
    { key: "ArrowDown", label: "Next span", run: () => move(selected + 1) },
    { key: "k", label: "Previous span", run: () => move(selected - 1) },
    { key: "ArrowUp", label: "Previous span", run: () => move(selected - 1) },
    { key: "l", label: "Open the span's children, or go to the first", run: () => fold(true) },
    { key: "ArrowRight", label: "Open the span's children, or go to the first", run: () => fold(true) },
    { key: "h", label: "Close the span's children, or go to its parent", run: () => fold(false) },
    { key: "ArrowLeft", label: "Close the span's children, or go to its parent", run: () => fold(false) },
    { key: "n", label: "Next failed span", run: nextFailure },
    { key: "x", label: "Colour by time or by cost", run: () => setMeasure(measure === "time" ? "cost" : "time") },
    { key: "Escape", label: "Back to the traces", run: () => navigate("/traces") },
  ]);

  return (
    <>
      <TraceHead trace={trace} evaluations={detail.evaluations} />
      <div class="trace-body" data-panel={selectedId !== null}>
        <section class="trace-spans" aria-label="Spans">
          <div class="trace-tools">
            <KindFilter spans={spans} hidden={hiddenKinds} onChange={setHiddenKinds} />
            <button
              type="button"
              class="button"
              onClick={() => setClosed(closed.size > 0 ? new Set() : parentsOf(spans))}
            >
              {closed.size > 0 ? "Open all" : "Close all"}
            </button>
            <button
              type="button"
              class="button"
              title="What glows: the spans with the largest share of the trace (x)"
              onClick={() => setMeasure(measure === "time" ? "cost" : "time")}
            >
              hot by {measure}
            </button>
          </div>
          <AxisTicks axis={axis} />
          <VirtualRows
            class="span-lines"
            label="Spans of the trace"
            role="tree"
            count={rows.length}
            rowHeight={rowHeight}
            selected={selected < 0 ? null : selected}
            rowKey={(index) => rows[index]?.span.spanId ?? String(index)}
            row={(index) => {
              const row = rows[index];
              if (row === undefined) return null;
              return (
                <SpanLine
                  row={row}
                  axis={axis}
                  now={now}
                  heat={heats.get(row.span.spanId) ?? 0}
                  selected={row.span.spanId === chosen}
                  highlight={highlight}
                  onSelect={onSelect}
                  onToggle={toggle}
                />
              );
            }}
          />
        </section>
        <SpanPanel
          traceId={trace.traceId}
          spanId={chosen}
          status={spans.find(({ spanId }) => spanId === chosen)?.status ?? null}
          highlight={highlight}
          onClose={() => onSelect(null)}
        />
      </div>
    </>
  );
}

function axisOf(spans: readonly SpanSummary[], now: number): TimeAxis {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    start = Math.min(start, span.startMs);
    end = Math.max(end, endOf(span, now));
  }
  return { start, end: Math.max(end, start + 0.001) };
}

function parentsOf(spans: readonly SpanSummary[]): ReadonlySet<string> {
  return new Set(spans.flatMap(({ parentId }) => (parentId === null ? [] : [parentId])));
}

function toggled(before: ReadonlySet<string>, value: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(value)) after.add(value);
  return after;
}

function useNow(running: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
