import { useEffect, useRef, useState } from "preact/hooks";
import type { SpanDetail, Status } from "../../api/contract.js";
import { WhenReady } from "../frame/states.js";
import { JsonTree } from "../json/json-tree.js";
import { useKeys } from "../keys/keys.js";
import { useRequest } from "../request/use-request.js";
import { formatCost, formatDuration, formatTokens, hasTokens } from "../text/figures.js";
import { VisibleText } from "../text/visible-text.js";
import { KindBadge } from "../trace/kind-badge.js";
import { Details } from "./details.js";
import { EditorButton, openInEditor } from "./editor-button.js";
import { Evaluations } from "./evaluations.js";
import { Inputs } from "./inputs.js";
import { SpanErrorView } from "./span-error.js";

const tabs = [
  { name: "contents", label: "Contents", key: "1" },
  { name: "details", label: "Details", key: "2" },
  { name: "evaluations", label: "Evaluations", key: "3" },
  { name: "raw", label: "Raw", key: "4" },
] as const;
type Tab = (typeof tabs)[number]["name"];

interface SpanPanelProps {
  readonly traceId: string;
  readonly spanId: string;
  /** What the tree knows of it; a change asks for the span again. */
  readonly status: Status | null;
  readonly highlight: RegExp | null;
  readonly onClose: () => void;
}

export function SpanPanel({ traceId, spanId, status, highlight, onClose }: SpanPanelProps) {
  const [tab, setTab] = useState<Tab>("contents");
  const settled = useSettled(spanId, 60);
  const [version, setVersion] = useState(0);
  useEffect(() => setVersion((count) => count + 1), [status]);
  const path = `/api/traces/${encodeURIComponent(traceId)}/spans/${encodeURIComponent(settled)}`;
  const requested = useRequest<SpanDetail>(path, version);
  const source = requested.state === "ready" ? requested.answer.source : null;
  useKeys([
    ...tabs.map(({ name, label, key }) => ({ key, label: `Show ${label.toLowerCase()}`, run: () => setTab(name) })),
    { key: "e", label: "Open the function in the editor", run: () => source !== null && void openInEditor(source) },
  ]);
  return (
    <section class="span-panel" aria-label="Span">
      <button type="button" class="button panel-close" onClick={onClose}>
        ← Spans
      </button>
      <WhenReady requested={requested}>
        {(span) => (
          <>
            <SpanHead span={span} />
            <div role="tablist" class="tabs" aria-label="What to show of the span">
              {tabs.map(({ name, label, key }) => (
                <button
                  type="button"
                  role="tab"
                  id={`tab-${name}`}
                  aria-selected={tab === name}
                  aria-controls="span-tab"
                  title={key}
                  onClick={() => setTab(name)}
                >
                  {label}
                  {name === "evaluations" && span.evaluations.length > 0 && ` ${span.evaluations.length}`}
                </button>
              ))}
            </div>
            <div role="tabpanel" id="span-tab" aria-labelledby={`tab-${tab}`} class="span-tab" key={span.spanId}>
              {tab === "contents" && (
                <>
                  {span.error !== null && <SpanErrorView error={span.error} />}
                  <Inputs span={span} highlight={highlight} />
                </>
              )}
              {tab === "details" && <Details span={span} />}
              {tab === "evaluations" && <Evaluations evaluations={span.evaluations} />}
              {tab === "raw" && <JsonTree value={span.raw} highlight={highlight} />}
            </div>
          </>
        )}
      </WhenReady>
    </section>
  );
}

function SpanHead({ span }: { readonly span: SpanDetail }) {
  return (
    <header class="span-head">
      <h2>
        <KindBadge kind={span.kind} /> <VisibleText text={span.name} />
      </h2>
      <p class="quiet">
        <span class="status-word" data-status={span.status}>
          {span.status}
        </span>{" "}
        {formatDuration(span.durationMs)}
        {span.timeToFirstTokenMs !== null && `, first token after ${formatDuration(span.timeToFirstTokenMs)}`}
        {span.model !== null && (
          <>
            {", "}
            <VisibleText text={span.provider === null ? span.model : `${span.provider} ${span.model}`} />
          </>
        )}
        {hasTokens(span) && `, ${formatTokens(span)} tokens, ${formatCost(span)}`}
      </p>
      {span.source !== null && <EditorButton place={span.source} />}
      {span.notes.map((note) => (
        <p class="note">
          <VisibleText text={note} />
        </p>
      ))}
    </header>
  );
}

/** The latest value once it has stood still: moving through rows with a key held down asks for the last one only. */
function useSettled(value: string, pause: number): string {
  const [settled, setSettled] = useState(value);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return settled;
}
