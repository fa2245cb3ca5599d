import type { Evaluation } from "../../api/contract.js";
import { JsonTree } from "../json/json-tree.js";
import { formatTime } from "../text/figures.js";
import { LongText } from "../text/long-text.js";
import { VisibleText } from "../text/visible-text.js";

export function Evaluations({ evaluations }: { readonly evaluations: readonly Evaluation[] }) {
  if (evaluations.length === 0) {
    return (
      <p class="quiet">
        No evaluation or feedback for this span yet. `llmobs.submitEvaluation` and `llmobs.submitFeedback` send them.
      </p>
    );
  }
  return (
    <ul class="evaluations">
      {evaluations.map((result) => (
        <li class="evaluation" data-assessment={result.assessment}>
          <p>
            <strong>
              <VisibleText text={result.label} />
            </strong>{" "}
            {(typeof result.value !== "object" || result.value === null) && <VisibleText text={String(result.value)} />}
            {result.assessment !== null && (
              <span class={result.assessment === "pass" ? "good" : "bad"}> {result.assessment}</span>
            )}
            <span class="quiet">
              {" "}
              {result.type} {formatTime(result.timeMs)}
              {result.submitter !== null && (
                <>
                  {" by "}
                  <VisibleText text={result.submitter} />
                </>
              )}
            </span>
          </p>
          {typeof result.value === "object" && result.value !== null && (
            <JsonTree value={result.value} label={result.label} />
          )}
          {result.reasoning !== null && <LongText text={result.reasoning} form="markdown" />}
        </li>
      ))}
    </ul>
  );
}
