import type { EvaluationSeries } from "../../api/contract.js";
import { formatCount } from "../text/figures.js";
import { VisibleText } from "../text/visible-text.js";

export function EvaluationTable({ evaluations }: { readonly evaluations: readonly EvaluationSeries[] }) {
  return (
    <section aria-label="Evaluations">
      <h2>Evaluations</h2>
      <div class="table-frame">
        <table class="groups">
          <thead>
            <tr>
              <th scope="col">label</th>
              <th scope="col">type</th>
              <th scope="col" class="number">
                count
              </th>
              <th scope="col" class="number">
                mean
              </th>
              <th scope="col">values</th>
            </tr>
          </thead>
          <tbody>
            {evaluations.map(({ label, metricType, count, mean, values }) => (
              <tr>
                <th scope="row">
                  <VisibleText text={label} />
                </th>
                <td>{metricType}</td>
                <td class="number">{formatCount(count)}</td>
                <td class="number">{mean === null ? "–" : Number(mean.toPrecision(3))}</td>
                <td>
                  {values.map(({ value, count: times }) => (
                    <span class="evaluation-value">
                      <VisibleText text={value} /> <span class="quiet">{formatCount(times)}</span>
                    </span>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
