import { useState } from "preact/hooks";
import { formatCount } from "./figures.js";
import { Markdown } from "./markdown.js";
import { VisibleText } from "./visible-text.js";

const step = 20_000;

interface LongTextProps {
  readonly text: string;
  /** `markdown` for what people and models write, `plain` for anything else. */
  readonly form: "markdown" | "plain";
  readonly highlight?: RegExp | null;
}

/** Ten megabytes of text must not stop the page: it is shown piece by piece on demand. */
export function LongText({ text, form, highlight = null }: LongTextProps) {
  const [shown, setShown] = useState(step);
  const part = text.length > shown ? text.slice(0, shown) : text;
  return (
    <div class="long-text">
      {form === "markdown" && highlight === null ? (
        <Markdown text={part} />
      ) : (
        <div class="plain-text">
          <VisibleText text={part} highlight={highlight} />
        </div>
      )}
      {part.length < text.length && (
        <button type="button" class="more" onClick={() => setShown(shown * 4)}>
          Show more ({formatCount(text.length - part.length)} characters left)
        </button>
      )}
    </div>
  );
}
