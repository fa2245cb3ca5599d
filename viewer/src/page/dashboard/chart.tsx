import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";

export interface ChartLine {
  readonly label: string;
  /** One a time of the chart; null where nothing was measured. */
  readonly values: readonly (number | null)[];
  /** A custom property of the style sheet, without its dashes. */
  readonly colour: string;
}

interface ChartProps {
  readonly title: string;
  /** Unix ms, ascending. */
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
  /** A press on a point: its index. */
  readonly onPick: (index: number) => void;
  /** Changes when colours do. */
  readonly theme: string;
}

const height = 150;

/** Lines over time; a press on a point leads to the traces behind it. */
export function Chart({ title, times, lines, format, onPick, theme }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const colour = (name: string) => resolvedColour(element, name);
    const axis = { stroke: colour("quiet"), grid: { stroke: colour("line"), width: 1 }, ticks: { show: false } };
    const chart = new uPlot(
      {
        width: element.clientWidth,
        height,
        ms: 1,
        cursor: { y: false },
        legend: { live: true },
        scales: { y: { range: (_, __, high) => [0, high > 0 ? high * 1.1 : 1] } },
        axes: [axis, { ...axis, size: 64, values: (_, ticks) => ticks.map(format) }],
        series: [
          {},
          ...lines.map((line) => ({
            label: line.label,
            stroke: colour(line.colour),
            width: 2,
            points: { show: times.length < 40, size: 5 },
            value: (_: uPlot, value: number | null) => (value === null ? "–" : format(value)),
          })),
        ],
      },
      [[...times], ...lines.map((line) => [...line.values])],
      element,
    );
    const press = () => {
      const { idx } = chart.cursor;
      if (idx !== null && idx !== undefined) pick.current(idx);
    };
    chart.over.addEventListener("click", press);
    const resize = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      chart.destroy();
    };
  }, [times, lines, format, theme]);
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <div ref={frame} class="chart-frame" role="img" aria-label={summary(title, lines, format)} />
    </figure>
  );
}

/** A canvas can't read custom properties: the browser resolves them for an element. */
function resolvedColour(element: HTMLElement, name: string): string {
  element.style.color = `var(--${name})`;
  const { color } = getComputedStyle(element);
  element.style.color = "";
  return color;
}

/** What a reader who can't see the lines is told: the highest and the last value of each. */
function summary(title: string, lines: readonly ChartLine[], format: (value: number) => string): string {
  const parts = lines.map(({ label, values }) => {
    const known = values.filter((value) => value !== null);
    const last = known.at(-1);
    if (last === undefined) return `${label}: none`;
    return `${label}: at most ${format(known.reduce((high, value) => Math.max(high, value), 0))}, last ${format(last)}`;
  });
  return `${title}. ${parts.join("; ")}`;
}
