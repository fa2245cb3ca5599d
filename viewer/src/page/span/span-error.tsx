import type { SpanError, StackFrame } from "../../api/contract.js";
import { CopyButton } from "../frame/copy-button.js";
import { LongText } from "../text/long-text.js";
import { VisibleText } from "../text/visible-text.js";
import { EditorButton } from "./editor-button.js";

/** The message, the project's own frames to open, and the whole stack on demand. */
export function SpanErrorView({ error }: { readonly error: SpanError }) {
  const own = error.frames.filter(({ isOwn }) => isOwn).slice(0, 8);
  return (
    <section class="content span-error" aria-label="Error">
      <h3>
        <span class="bad">
          <VisibleText text={error.type || "Error"} />
        </span>
        <CopyButton text={error.stack ?? error.message ?? ""} label="Copy the error" />
      </h3>
      {error.message !== null && <LongText text={error.message} form="plain" />}
      {own.length > 0 && (
        <ol class="own-frames" aria-label="Frames of this project">
          {own.map((frame) => (
            <li>
              <OwnFrame frame={frame} />
            </li>
          ))}
        </ol>
      )}
      {error.stack !== null && error.stack !== "" && (
        <details>
          <summary>Stack</summary>
          <div class="code">
            <LongText text={error.stack} form="plain" />
          </div>
        </details>
      )}
    </section>
  );
}

function OwnFrame({ frame }: { readonly frame: StackFrame }) {
  const { file, line, column, function: name } = frame;
  if (file === null || line === null) return <VisibleText text={frame.text} />;
  return <EditorButton place={{ file, line, column, function: name }} />;
}
