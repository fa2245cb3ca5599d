import { formatDuration } from "../text/figures.js";
import type { TimeAxis } from "./span-line.js";
import { ticksOf } from "./ticks.js";

/** Round durations along the top of the waterfall. */
export function AxisTicks({ axis }: { readonly axis: TimeAxis }) {
  const length = axis.end - axis.start;
  return (
    <div class="axis" aria-hidden="true">
      {ticksOf(length).map((tick) => (
        <span style={{ left: `${(tick / length) * 100}%` }}>{formatDuration(tick)}</span>
      ))}
    </div>
  );
}
