import type { Document } from "../../api/contract.js";
import { LongText } from "../text/long-text.js";
import { VisibleText } from "../text/visible-text.js";

export function Documents({
  documents,
  highlight,
}: {
  readonly documents: readonly Document[];
  readonly highlight: RegExp | null;
}) {
  const best = Math.max(0, ...documents.map(({ score }) => score ?? 0));
  return (
    <ol class="documents">
      {documents.map(({ id, name, text, score }, index) => (
        <li class="document">
          <p class="document-head">
            <strong>
              <VisibleText text={name ?? id ?? `Document ${index + 1}`} />
            </strong>
            {name !== null && id !== null && (
              <span class="quiet">
                {" "}
                <VisibleText text={id} />
              </span>
            )}
            {score !== null && (
              <span class="score">
                <meter min={0} max={best > 0 ? best : 1} value={Math.max(0, score)} aria-label="score" />{" "}
                {Number(score.toPrecision(4))}
              </span>
            )}
          </p>
          <LongText text={text} form="plain" highlight={highlight} />
        </li>
      ))}
    </ol>
  );
}
