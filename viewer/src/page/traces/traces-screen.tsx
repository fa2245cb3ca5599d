import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { TraceFilter } from "../../api/contract.js";
import { href, navigate, setParameters } from "../address/address.js";
import { readTraceFilter, writeTraceFilter } from "../address/trace-filter.js";
import { FirstSteps } from "../frame/first-steps.js";
import { Empty } from "../frame/states.js";
import { useKeys } from "../keys/keys.js";
import { VirtualRows } from "../rows/virtual-rows.js";
import { searchWords } from "../text/search-words.js";
import { FilterBar } from "./filter-bar.js";
import { TraceRow } from "./trace-row.js";
import { useTraces } from "./use-traces.js";

const rowHeight = 40;

export function TracesScreen({ parameters }: { readonly parameters: URLSearchParams }) {
  const text = parameters.toString();
  const query = useMemo(() => readTraceFilter(new URLSearchParams(text)), [text]);
  const paused = parameters.get("paused") !== null;
  const list = useTraces(query, paused);
  const { traces } = list;
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const selected = traces.findIndex(({ traceId }) => traceId === selectedId);
  const now = useNow(traces.some(({ status }) => status === "running"));
  const highlight = useMemo(() => searchWords(query.search), [query.search]);

  const change = useCallback((to: TraceFilter, manner: "push" | "replace") => {
    navigate(href("/traces", writeTraceFilter(to)), manner);
  }, []);
  const addressOf = (traceId: string) => {
    const within = query.search === undefined ? undefined : new URLSearchParams({ search: query.search });
    return href(`/traces/${encodeURIComponent(traceId)}`, within);
  };
  const move = (to: number) => setSelectedId(traces[Math.max(0, Math.min(traces.length - 1, to))]?.traceId ?? null);
  const pause = () => setParameters({ paused: paused ? null : "1" }, "replace");
  useKeys([
    { key: "j", label: "Next trace", run: () => move(selected + 1) },
    { key: "ArrowDown", label: "Next trace", run: () => move(selected + 1) },
    { key: "k", label: "Previous trace", run: () => move(selected - 1) },
    { key: "ArrowUp", label: "Previous trace", run: () => move(selected - 1) },
    { key: "Enter", label: "Open the trace", run: () => selectedId !== null && navigate(addressOf(selectedId)) },
    { key: "/", label: "Search", run: () => document.getElementById("search")?.focus() },
    { key: "p", label: "Pause or go on with new traces", run: pause },
  ]);

  return (
    <main class="traces-screen">
      <h1 class="visually-hidden">Traces</h1>
      <div class="traces-bar">
        <FilterBar query={query} version={list.arrivals} onChange={change} />
        <button type="button" class="button live" aria-pressed={!paused} onClick={pause} title="p">
          <span class="live-dot" aria-hidden="true" />
          {paused ? (list.held > 0 ? `Paused, ${list.held} new` : "Paused") : "Live"}
        </button>
      </div>
      {list.state === "failed" && (
        <p class="failure" role="alert">
          {list.message}
        </p>
      )}
      {list.state === "loading" && traces.length === 0 && (
        <p class="loading" role="status">
          Loading…
        </p>
      )}
      {list.state === "ready" && traces.length === 0 && <NothingHere query={query} onChange={change} />}
      {traces.length > 0 && (
        <VirtualRows
          class="trace-list"
          label="Traces"
          role="list"
          count={traces.length}
          rowHeight={rowHeight}
          selected={selected < 0 ? null : selected}
          onEndReached={list.more}
          rowKey={(index) => traces[index]?.traceId ?? String(index)}
          row={(index) => {
            const trace = traces[index];
            if (trace === undefined) return null;
            return (
              <TraceRow
                trace={trace}
                to={addressOf(trace.traceId)}
                selected={trace.traceId === selectedId}
                now={now}
                highlight={highlight}
              />
            );
          }}
        />
      )}
    </main>
  );
}

function NothingHere({
  query,
  onChange,
}: {
  readonly query: TraceFilter;
  readonly onChange: (query: TraceFilter, manner: "push" | "replace") => void;
}) {
  if (Object.keys(query).length === 0) return <FirstSteps />;
  return (
    <Empty title="No trace matches these filters">
      <p>Search looks for whole words in names, inputs and outputs; put a phrase in quotes.</p>
      <button type="button" class="button" onClick={() => onChange({}, "push")}>
        Clear the filters
      </button>
    </Empty>
  );
}

/** The time, moving while something runs. */
function useNow(running: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), running ? 500 : 30_000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
