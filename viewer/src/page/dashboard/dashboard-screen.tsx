import { useMemo, useState } from "preact/hooks";
import { DASHBOARD_GROUPS, type DashboardGroup, type DashboardResponse, type TraceFilter } from "../../api/contract.js";
import { href, navigate, setParameters } from "../address/address.js";
import { writeTraceFilter } from "../address/trace-filter.js";
import { FirstSteps } from "../frame/first-steps.js";
import { Empty, WhenReady } from "../frame/states.js";
import { useKeys } from "../keys/keys.js";
import { useLive } from "../request/use-live.js";
import { useRequest } from "../request/use-request.js";
import { Charts } from "./charts.js";
import { EvaluationTable } from "./evaluation-table.js";
import { GroupTable } from "./group-table.js";
import { timeRanges } from "./time-range.js";
import { Totals } from "./totals.js";

interface DashboardScreenProps {
  readonly parameters: URLSearchParams;
  readonly theme: string;
}

const groupLabels: Readonly<Record<DashboardGroup, string>> = {
  none: "everything",
  function: "function",
  kind: "kind",
  model: "model",
  app: "app",
  version: "version",
};

export function DashboardScreen({ parameters, theme }: DashboardScreenProps) {
  const range = timeRanges.find(({ name }) => name === parameters.get("range")) ?? timeRanges[1];
  const by = DASHBOARD_GROUPS.find((group) => group === parameters.get("by")) ?? "function";
  const [turn, setTurn] = useState(0);
  const path = useMemo(() => requestPath(parameters, range.length, by), [parameters, range, by, turn]);
  const requested = useRequest<DashboardResponse>(path, turn);
  const fresh = useMemo(() => ({ last: Date.now() }), []);
  useLive("", () => {
    if (Date.now() - fresh.last < 5000) return;
    fresh.last = Date.now();
    setTurn((count) => count + 1);
  });
  useKeys([{ key: "r", label: "Measure again", run: () => setTurn((count) => count + 1) }]);
  const open = (filter: TraceFilter) => navigate(href("/traces", writeTraceFilter(filter)));
  return (
    <main class="dashboard-screen">
      <h1 class="visually-hidden">Dashboard</h1>
      <div class="dashboard-bar">
        <label>
          Time{" "}
          <select value={range.name} onChange={({ currentTarget }) => setParameters({ range: currentTarget.value })}>
            {timeRanges.map(({ name, label }) => (
              <option value={name}>{label}</option>
            ))}
          </select>
        </label>
        <label>
          By{" "}
          <select value={by} onChange={({ currentTarget }) => setParameters({ by: currentTarget.value })}>
            {DASHBOARD_GROUPS.map((group) => (
              <option value={group}>{groupLabels[group]}</option>
            ))}
          </select>
        </label>
        {[...filters(parameters)].map(([name, value]) => (
          <button type="button" class="button" onClick={() => setParameters({ [name]: null })}>
            {name}: {value} <span aria-hidden="true">✕</span>
            <span class="visually-hidden">remove</span>
          </button>
        ))}
      </div>
      <WhenReady requested={requested}>
        {(dashboard) =>
          dashboard.totals.requests === 0 ? (
            <NothingMeasured />
          ) : (
            <>
              <Totals totals={dashboard.totals} />
              <Charts dashboard={dashboard} theme={theme} onPick={(fromMs, toMs) => open({ fromMs, toMs })} />
              {by !== "none" && <GroupTable dashboard={dashboard} by={by} />}
              {dashboard.evaluations.length > 0 && <EvaluationTable evaluations={dashboard.evaluations} />}
            </>
          )
        }
      </WhenReady>
    </main>
  );
}

function NothingMeasured() {
  const info = useRequest<{ readonly spans: number }>("/api/info");
  if (info.state === "ready" && info.answer.spans === 0) return <FirstSteps />;
  return (
    <Empty title="Nothing ran in this time">
      <p>Choose a longer time above.</p>
    </Empty>
  );
}

function filters(parameters: URLSearchParams): readonly (readonly [string, string])[] {
  return ["app", "version", "model", "name", "kind"].flatMap((name) => {
    const value = parameters.get(name);
    return value === null ? [] : [[name, value] as const];
  });
}

function requestPath(parameters: URLSearchParams, length: number, by: DashboardGroup): string {
  const toMs = Date.now();
  const query = new URLSearchParams(filters(parameters).map(([name, value]) => [name, value]));
  query.set("fromMs", String(toMs - length));
  query.set("toMs", String(toMs));
  query.set("by", by);
  return `/api/dashboard?${query}`;
}
