import type { MediaPart, Message, ToolCall } from "../../api/contract.js";
import { JsonTree } from "../json/json-tree.js";
import { LongText } from "../text/long-text.js";
import { VisibleText } from "../text/visible-text.js";

interface MessagesProps {
  readonly messages: readonly Message[];
  /** Results by the id of their tool call. */
  readonly answers: ReadonlyMap<string, string>;
  readonly highlight: RegExp | null;
}

export function Messages({ messages, answers, highlight }: MessagesProps) {
  return (
    <ol class="messages">
      {messages.map((message) => (
        <li>
          <MessageView message={message} answers={answers} highlight={highlight} />
        </li>
      ))}
    </ol>
  );
}

interface MessageViewProps extends Omit<MessagesProps, "messages"> {
  readonly message: Message;
}

/** One message; its role gives its side and colour, reasoning is folded, a tool call shows its result beneath it. */
export function MessageView({ message, answers, highlight }: MessageViewProps) {
  const { role, content, reasoning, toolCalls, toolResults, media } = message;
  return (
    <article class="message" data-role={role}>
      <header class="message-role">
        <VisibleText text={role === "" ? "message" : role} />
      </header>
      {reasoning !== null && reasoning !== "" && (
        <details class="reasoning">
          <summary>Reasoning</summary>
          <LongText text={reasoning} form="markdown" highlight={highlight} />
        </details>
      )}
      {content !== "" && (
        <LongText text={content} form={toolResults.length > 0 ? "plain" : "markdown"} highlight={highlight} />
      )}
      {toolResults.map((result) => (
        <details class="tool-result" open={content === ""}>
          <summary>
            Result{result.name !== null && " of "}
            {result.name !== null && <VisibleText text={result.name} />}
          </summary>
          <LongText text={result.result} form="plain" highlight={highlight} />
        </details>
      ))}
      {media.map((part) => (
        <Media part={part} />
      ))}
      {toolCalls.map((call) => (
        <ToolCallView call={call} answer={call.id === null ? undefined : answers.get(call.id)} highlight={highlight} />
      ))}
    </article>
  );
}

interface ToolCallViewProps {
  readonly call: ToolCall;
  readonly answer: string | undefined;
  readonly highlight: RegExp | null;
}

function ToolCallView({ call, answer, highlight }: ToolCallViewProps) {
  return (
    <div class="tool-call">
      <p class="tool-call-name">
        <span aria-hidden="true">⚒ </span>
        <VisibleText text={call.name} highlight={highlight} />
        {call.id !== null && (
          <span class="quiet">
            {" "}
            <VisibleText text={call.id} />
          </span>
        )}
      </p>
      <JsonTree value={call.arguments} label="arguments" highlight={highlight} />
      {answer !== undefined && (
        <details class="tool-result" open>
          <summary>Result</summary>
          <LongText text={answer} form="plain" highlight={highlight} />
        </details>
      )}
    </div>
  );
}

// Formats that hold pixels only; SVG can hold scripts and addresses.
const imageTypes: readonly string[] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

function Media({ part: { kind, mimeType, content } }: { readonly part: MediaPart }) {
  if (kind === "image" && mimeType !== null && content !== null && imageTypes.includes(mimeType)) {
    return <img class="media" alt="part of the message" src={`data:${mimeType};base64,${content}`} />;
  }
  return (
    <p class="quiet">
      [{kind}
      {mimeType !== null && <VisibleText text={` ${mimeType}`} />}]
    </p>
  );
}
