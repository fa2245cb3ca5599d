import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { LiveEvent, TraceFilter, TraceListResponse, TraceSummary } from "../../api/contract.js";
import { writeTraceFilter } from "../address/trace-filter.js";
import { request } from "../request/request.js";
import { useLive } from "../request/use-live.js";
import { mergeLive } from "./merge-live.js";

/** Traces kept aside while the tail is paused. */
const mostHeld = 5000;

export interface TraceList {
  readonly state: "loading" | "ready" | "failed";
  readonly message: string;
  readonly traces: readonly TraceSummary[];
  /** Traces that came while the tail was paused. */
  readonly held: number;
  readonly arrivals: number;
  readonly more: () => void;
}

/** The list for a query: pages on demand, and new or changed traces at their place while the tail runs. */
export function useTraces(query: TraceFilter, paused: boolean): TraceList {
  const text = writeTraceFilter(query).toString();
  const [list, setList] = useState<Omit<TraceList, "more" | "held" | "arrivals">>({
    state: "loading",
    message: "",
    traces: [],
  });
  const [waiting, setWaiting] = useState<readonly TraceSummary[]>([]);
  const [arrivals, setArrivals] = useState(0);
  const next = useRef<string | null>(null);
  const asking = useRef<AbortController | null>(null);

  const ask = useCallback(
    (cursor: string | null) => {
      asking.current?.abort();
      const abort = new AbortController();
      asking.current = abort;
      next.current = null;
      const path = `/api/traces?${text}${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`;
      request<TraceListResponse>(path, { signal: abort.signal }).then(
        (page) => {
          next.current = page.nextCursor;
          setList((before) => ({
            state: "ready",
            message: "",
            traces: cursor === null ? page.traces : mergeLive(before.traces, page.traces, "end"),
          }));
        },
        (error: unknown) => {
          if (abort.signal.aborted) return;
          setList((before) => ({ ...before, state: "failed", message: error instanceof Error ? error.message : "" }));
        },
      );
    },
    [text],
  );
  useEffect(() => {
    setWaiting([]);
    setList((before) => ({ ...before, state: "loading" }));
    ask(null);
    return () => asking.current?.abort();
  }, [ask]);

  useLive(text, (event: LiveEvent) => {
    setArrivals((count) => count + 1);
    if (event.type === "traces") setWaiting((before) => mergeLive(before, event.traces, "start").slice(0, mostHeld));
    else if (!paused) ask(null);
  });
  useEffect(() => {
    if (paused || waiting.length === 0) return;
    setWaiting([]);
    setList((before) => ({
      ...before,
      traces: mergeLive(before.traces, waiting, "start"),
    }));
  }, [paused, waiting]);

  const shown = new Set(list.traces.map(({ traceId }) => traceId));
  return {
    ...list,
    held: waiting.filter(({ traceId }) => !shown.has(traceId)).length,
    arrivals,
    more: () => {
      if (next.current !== null) ask(next.current);
    },
  };
}
