import type { ComponentChildren } from "preact";
import type { Evaluation, TraceSummary } from "../../api/contract.js";
import { navigate } from "../address/address.js";
import { Link } from "../address/link.js";
import { announce } from "../frame/announcement.js";
import { CopyButton, copyText } from "../frame/copy-button.js";
import { useKeys } from "../keys/keys.js";
import { send } from "../request/request.js";
import { Evaluations } from "../span/evaluations.js";
import {
  describeTokens,
  explainCost,
  formatCost,
  formatDuration,
  formatExactTime,
  formatTime,
  hasTokens,
} from "../text/figures.js";
import { VisibleText } from "../text/visible-text.js";
import { KindBadge } from "./kind-badge.js";

interface TraceHeadProps {
  readonly trace: TraceSummary;
  /** Of the trace as a whole. */
  readonly evaluations: readonly Evaluation[];
}

export function TraceHead({ trace, evaluations }: TraceHeadProps) {
  const path = `/api/traces/${encodeURIComponent(trace.traceId)}`;
  const markdown = async () => (await send(`${path}/export?format=markdown`)).text();
  const conversation = `/traces/${encodeURIComponent(trace.traceId)}/conversation`;
  useKeys([
    {
      key: "m",
      label: "Copy the trace as Markdown",
      run: () => {
        markdown()
          .then(copyText)
          .then((copied) => announce(copied ? "Copied" : "The browser did not allow copying"))
          .catch((error: unknown) => announce(error instanceof Error ? error.message : String(error)));
      },
    },
    { key: "c", label: "Read as a conversation", run: () => navigate(conversation) },
  ]);
  return (
    <div class="trace-head">
      <Link to="/traces" class="back" aria-label="Back to the traces">
        ←
      </Link>
      <h1>
        <KindBadge kind={trace.kind} /> <VisibleText text={trace.name} />
      </h1>
      <span class="status-word" data-status={trace.status}>
        {trace.status}
      </span>
      <dl class="trace-figures">
        <Figure label="Duration">{formatDuration(trace.durationMs)}</Figure>
        <Figure label="Spans">{trace.spanCount}</Figure>
        {hasTokens(trace) && <Figure label="Tokens">{describeTokens(trace)}</Figure>}
        {hasTokens(trace) && (
          <Figure label="Cost">
            <span title={explainCost(trace)}>{formatCost(trace)}</span>
          </Figure>
        )}
        <Figure label="Started">
          <time dateTime={formatExactTime(trace.startMs)} title={formatExactTime(trace.startMs)}>
            {formatTime(trace.startMs)}
          </time>
        </Figure>
        <Figure label="App">
          <VisibleText text={trace.version === null ? trace.app : `${trace.app} ${trace.version}`} />
        </Figure>
        {trace.sessionId !== null && (
          <Figure label="Session">
            <Link to={`/sessions/${encodeURIComponent(trace.sessionId)}`}>
              <VisibleText text={trace.sessionId} />
            </Link>
          </Figure>
        )}
      </dl>
      {evaluations.length > 0 && (
        <details class="trace-evaluations">
          <summary>
            {evaluations.length} evaluation{evaluations.length === 1 ? "" : "s"} of the trace
          </summary>
          <Evaluations evaluations={evaluations} />
        </details>
      )}
      <div class="trace-actions">
        <Link to={conversation} class="button">
          Conversation
        </Link>
        <CopyButton text={markdown} label="Copy as Markdown" caption="Markdown" />
        <a class="button" href={`${path}/export?format=json`} download={`trace-${trace.traceId}.json`}>
          JSON
        </a>
      </div>
    </div>
  );
}

function Figure({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
