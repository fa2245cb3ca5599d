import type { ComponentChildren } from "preact";
import type { SpanDetail } from "../../api/contract.js";
import { href } from "../address/address.js";
import { Link } from "../address/link.js";
import { CopyButton } from "../frame/copy-button.js";
import { JsonTree } from "../json/json-tree.js";
import { describeTokens, formatCost, formatExactTime, hasTokens } from "../text/figures.js";
import { VisibleText } from "../text/visible-text.js";

const costOrigins = {
  event: "as the program said",
  catalogue: "by list prices",
  override: "by your price file",
} as const;

export function Details({ span }: { readonly span: SpanDetail }) {
  const metrics = Object.entries(span.metrics);
  return (
    <>
      <dl class="facts">
        <Fact label="Span id">
          <VisibleText text={span.spanId} /> <CopyButton text={span.spanId} label="Copy the span id" />
        </Fact>
        <Fact label="Trace id">
          <VisibleText text={span.traceId} /> <CopyButton text={span.traceId} label="Copy the trace id" />
        </Fact>
        <Fact label="Started">{formatExactTime(span.startMs)}</Fact>
        <Fact label="App">
          <Link to={href("/traces", new URLSearchParams({ app: span.app }))}>
            <VisibleText text={span.app} />
          </Link>
          {span.version !== null && (
            <>
              {" "}
              <VisibleText text={span.version} />
            </>
          )}
        </Fact>
        {span.sessionId !== null && (
          <Fact label="Session">
            <Link to={`/sessions/${encodeURIComponent(span.sessionId)}`}>
              <VisibleText text={span.sessionId} />
            </Link>
          </Fact>
        )}
        {hasTokens(span) && <Fact label="Tokens">{describeTokens(span)}</Fact>}
        {hasTokens(span) && (
          <Fact label="Cost">
            {formatCost(span)}
            {span.costs !== null && <span class="quiet"> {costOrigins[span.costs.origin]}</span>}
          </Fact>
        )}
      </dl>
      {metrics.length > 0 && (
        <Group title="Metrics">
          <dl class="facts">
            {metrics.map(([name, value]) => (
              <Fact label={name}>{value.toLocaleString("en", { maximumFractionDigits: 6 })}</Fact>
            ))}
          </dl>
        </Group>
      )}
      {Object.keys(span.metadata).length > 0 && (
        <Group title="Metadata">
          <JsonTree value={span.metadata} label="metadata" />
        </Group>
      )}
      {span.tags.length > 0 && (
        <Group title="Tags">
          <ul class="tags">
            {span.tags.map((tag) => (
              <li>
                <Link to={href("/traces", new URLSearchParams({ tag }))}>
                  <VisibleText text={tag} />
                </Link>
              </li>
            ))}
          </ul>
        </Group>
      )}
      {span.links.length > 0 && (
        <Group title="Linked spans">
          <ul class="tags">
            {span.links.map(({ traceId, spanId }) => (
              <li>
                <Link to={href(`/traces/${encodeURIComponent(traceId)}`, new URLSearchParams({ span: spanId }))}>
                  <VisibleText text={spanId} />
                </Link>
              </li>
            ))}
          </ul>
        </Group>
      )}
      {span.toolDefinitions.length > 0 && (
        <Group title="Tools it could call">
          {span.toolDefinitions.map(({ name, description, schema }) => (
            <details class="tool-definition">
              <summary>
                <VisibleText text={name} />
                {description !== null && (
                  <span class="quiet">
                    {" "}
                    <VisibleText text={description} />
                  </span>
                )}
              </summary>
              <JsonTree value={schema} label="schema" />
            </details>
          ))}
        </Group>
      )}
    </>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="content" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>
        <VisibleText text={label} />
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
