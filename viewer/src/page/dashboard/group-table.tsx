import type { DashboardGroup, DashboardResponse, TraceFilter } from "../../api/contract.js";
import { href } from "../address/address.js";
import { Link } from "../address/link.js";
import { writeTraceFilter } from "../address/trace-filter.js";
import { explainCost, formatCost, formatCount, formatDuration } from "../text/figures.js";
import { VisibleText } from "../text/visible-text.js";

interface GroupTableProps {
  readonly dashboard: DashboardResponse;
  readonly by: Exclude<DashboardGroup, "none">;
}

/** A row a group; each leads to its traces. */
export function GroupTable({ dashboard: { series, fromMs, toMs }, by }: GroupTableProps) {
  return (
    <div class="table-frame">
      <table class="groups">
        <thead>
          <tr>
            <th scope="col">{by}</th>
            {["calls", "failed", "p50", "p95", "p99", "tokens in", "tokens out", "cost"].map((title) => (
              <th scope="col" class="number">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {series.map(({ group, totals }) => (
            <tr>
              <th scope="row">
                {group === null || group === "" ? (
                  <span class="quiet">{group === null ? "others" : "none"}</span>
                ) : (
                  <Link to={href("/traces", writeTraceFilter(tracesOf(by, group, fromMs, toMs)))}>
                    <VisibleText text={group} />
                  </Link>
                )}
              </th>
              <td class="number">{formatCount(totals.requests)}</td>
              <td class={totals.errors > 0 ? "number bad" : "number"}>{formatCount(totals.errors)}</td>
              <td class="number">{formatDuration(totals.p50Ms)}</td>
              <td class="number">{formatDuration(totals.p95Ms)}</td>
              <td class="number">{formatDuration(totals.p99Ms)}</td>
              <td class="number">{formatCount(totals.inputTokens)}</td>
              <td class="number">{formatCount(totals.outputTokens)}</td>
              <td class="number" title={explainCost(totals)}>
                {formatCost(totals)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function tracesOf(by: GroupTableProps["by"], group: string, fromMs: number, toMs: number): TraceFilter {
  const time = { fromMs: Math.floor(fromMs), toMs: Math.ceil(toMs) };
  switch (by) {
    case "function":
      return { ...time, name: [group] };
    case "kind":
      return { ...time, kind: [group] };
    case "model":
      return { ...time, model: [group] };
    case "app":
      return { ...time, app: [group] };
    case "version":
      return { ...time, version: [group] };
  }
}
