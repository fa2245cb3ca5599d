import { useMemo } from "preact/hooks";
import type { DashboardPoint, DashboardResponse } from "../../api/contract.js";
import { formatCount, formatDollars, formatDuration } from "../text/figures.js";
import { Chart, type ChartLine } from "./chart.js";
import { overall } from "./overall.js";

interface ChartsProps {
  readonly dashboard: DashboardResponse;
  readonly theme: string;
  readonly onPick: (fromMs: number, toMs: number) => void;
}

const groupColours = ["series-1", "series-2", "series-3", "series-4", "series-5", "series-6"] as const;

export function Charts({ dashboard, theme, onPick }: ChartsProps) {
  const { stepMs } = dashboard;
  const charts = useMemo(() => chartsOf(dashboard), [dashboard]);
  return (
    <div class="charts">
      {charts.all.map(({ title, lines, format }) => (
        <Chart
          title={title}
          times={charts.times}
          lines={lines}
          format={format}
          theme={theme}
          onPick={(index) => {
            const time = charts.times[index];
            if (time !== undefined) onPick(time, time + stepMs);
          }}
        />
      ))}
    </div>
  );
}

function chartsOf(dashboard: DashboardResponse) {
  const times = timesOf(dashboard);
  const points = overall(dashboard, times);
  const line = (label: string, colour: string, read: (point: DashboardPoint) => number | null): ChartLine => ({
    label,
    colour,
    values: points.map(read),
  });
  const minutes = dashboard.stepMs / 60_000;
  const named = dashboard.series.filter(({ group }) => group !== null && group !== "").slice(0, groupColours.length);
  const byGroup = (read: (point: DashboardPoint) => number | null, missing: number | null): readonly ChartLine[] =>
    named.map(({ group, points: own }, index) => {
      const at = new Map(own.map((point) => [point.timeMs, point]));
      const values = times.map((time) => {
        const point = at.get(time);
        return point === undefined ? missing : read(point);
      });
      return { label: group ?? "", colour: groupColours[index] ?? "series-1", values };
    });
  const grouped = named.length > 1 || (named[0]?.group ?? "") !== "";
  return {
    times,
    all: [
      {
        title: "Calls a minute",
        format: formatCount,
        lines: [
          line("calls", "series-1", ({ requests }) => requests / minutes),
          line("failed", "error", ({ errors }) => errors / minutes),
        ],
      },
      {
        title: "Latency",
        format: formatDuration,
        lines: [
          line("p50", "series-1", ({ p50Ms }) => p50Ms),
          line("p95", "series-2", ({ p95Ms }) => p95Ms),
          line("p99", "series-3", ({ p99Ms }) => p99Ms),
        ],
      },
      {
        title: "Tokens",
        format: formatCount,
        lines: [
          line("input", "series-1", ({ inputTokens }) => inputTokens),
          line("output", "series-2", ({ outputTokens }) => outputTokens),
        ],
      },
      { title: "Cost", format: formatDollars, lines: [line("cost", "series-4", ({ cost }) => cost)] },
      ...(grouped
        ? [
            { title: "p95 of each", format: formatDuration, lines: byGroup(({ p95Ms }) => p95Ms, null) },
            {
              title: "Calls a minute of each",
              format: formatCount,
              lines: byGroup(({ requests }) => requests / minutes, 0),
            },
          ]
        : []),
    ],
  };
}

/** Every step of the time asked for, at the places where the points are. */
function timesOf({ fromMs, toMs, stepMs, series }: DashboardResponse): readonly number[] {
  const first = series.find(({ points }) => points.length > 0)?.points[0]?.timeMs ?? fromMs;
  const start = first - Math.floor((first - fromMs) / stepMs) * stepMs;
  const count = Math.min(2000, Math.max(1, Math.ceil((toMs - start) / stepMs)));
  return Array.from({ length: count }, (_, index) => start + index * stepMs);
}
