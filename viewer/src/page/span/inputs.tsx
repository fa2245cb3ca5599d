import { useMemo } from "preact/hooks";
import type { Content, SpanDetail } from "../../api/contract.js";
import { CopyButton } from "../frame/copy-button.js";
import { JsonTree } from "../json/json-tree.js";
import { LongText } from "../text/long-text.js";
import { Documents } from "./documents.js";
import { Messages } from "./messages.js";
import { PromptView } from "./prompt.js";
import { answersIn } from "./tool-pairs.js";

/** What went in and what came out, each in the form that it has. */
export function Inputs({ span, highlight }: { readonly span: SpanDetail; readonly highlight: RegExp | null }) {
  const answers = useMemo(() => answersIn([span.input, span.output]), [span]);
  return (
    <>
      {span.prompt !== null && <PromptView prompt={span.prompt} />}
      <ContentSection title="Input" path="input" content={span.input} answers={answers} highlight={highlight} />
      <ContentSection title="Output" path="output" content={span.output} answers={answers} highlight={highlight} />
      {span.expectedOutput !== null && span.expectedOutput !== undefined && (
        <section class="content" aria-label="Expected output">
          <h3>Expected output</h3>
          <JsonTree value={span.expectedOutput} label="expectedOutput" highlight={highlight} />
        </section>
      )}
    </>
  );
}

interface ContentProps {
  readonly title: string;
  readonly path: string;
  readonly content: Content;
  readonly answers: ReadonlyMap<string, string>;
  readonly highlight: RegExp | null;
}

function ContentSection({ title, path, content, answers, highlight }: ContentProps) {
  return (
    <section class="content" aria-label={title}>
      <h3>
        {title}
        {content.type !== "none" && (
          <CopyButton text={() => plainText(content)} label={`Copy ${title.toLowerCase()}`} />
        )}
      </h3>
      <ContentBody path={path} content={content} answers={answers} highlight={highlight} />
    </section>
  );
}

function ContentBody({ path, content, answers, highlight }: Omit<ContentProps, "title">) {
  switch (content.type) {
    case "none":
      return <p class="quiet">Nothing was recorded.</p>;
    case "text":
      if (content.json !== undefined) return <JsonTree value={content.json} label={path} highlight={highlight} />;
      return <LongText text={content.text} form="markdown" highlight={highlight} />;
    case "json":
      return <JsonTree value={content.json} label={path} highlight={highlight} />;
    case "messages":
      return <Messages messages={content.messages} answers={answers} highlight={highlight} />;
    case "documents":
      return <Documents documents={content.documents} highlight={highlight} />;
  }
}

function plainText(content: Content): string {
  switch (content.type) {
    case "none":
      return "";
    case "text":
      return content.text;
    case "json":
      return JSON.stringify(content.json, null, 2);
    case "messages":
      return content.messages.map(({ role, content: text }) => `${role}: ${text}`).join("\n\n");
    case "documents":
      return content.documents.map(({ text }) => text).join("\n\n");
  }
}
