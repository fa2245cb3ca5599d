import { useMemo } from "preact/hooks";
import type { ConversationResponse, ConversationTurn } from "../../api/contract.js";
import { href, navigate } from "../address/address.js";
import { Link } from "../address/link.js";
import { Empty, WhenReady } from "../frame/states.js";
import { useKeys } from "../keys/keys.js";
import { useRequest } from "../request/use-request.js";
import { MessageView } from "../span/messages.js";
import { answersOf } from "../span/tool-pairs.js";
import { formatTime } from "../text/figures.js";
import { VisibleText } from "../text/visible-text.js";

interface ConversationScreenProps {
  /** Of the API: a trace's or a session's. */
  readonly path: string;
  readonly back: string;
  readonly title: string;
}

/** A session, or a trace, as one chat. */
export function ConversationScreen({ path, back, title }: ConversationScreenProps) {
  const requested = useRequest<ConversationResponse>(path);
  useKeys([{ key: "Escape", label: "Back", run: () => navigate(back) }]);
  return (
    <main class="conversation-screen">
      <WhenReady requested={requested}>
        {(conversation) => (
          <>
            <header class="conversation-head">
              <Link to={back} class="back" aria-label="Back">
                ←
              </Link>
              <h1>
                <VisibleText text={title} />
              </h1>
              <p class="quiet">
                {conversation.traceIds.length} trace{conversation.traceIds.length === 1 ? "" : "s"}
                {conversation.truncated && ", the rest left out"}
              </p>
            </header>
            <Turns turns={conversation.turns} />
          </>
        )}
      </WhenReady>
    </main>
  );
}

function Turns({ turns }: { readonly turns: readonly ConversationTurn[] }) {
  const answers = useMemo(() => new Map(answersOf(turns.map(({ message }) => message))), [turns]);
  if (turns.length === 0) {
    return (
      <Empty title="No messages">
        <p>Messages come from model calls: functions tagged `llm`, or a client that is traced without tags.</p>
      </Empty>
    );
  }
  return (
    <ol class="messages conversation">
      {turns.map((turn) => (
        <li>
          <MessageView message={turn.message} answers={answers} highlight={null} />
          <p class="turn-place quiet">
            <Link to={href(`/traces/${encodeURIComponent(turn.traceId)}`, new URLSearchParams({ span: turn.spanId }))}>
              {formatTime(turn.timeMs)}
            </Link>
            {turn.model !== null && (
              <>
                {" "}
                <VisibleText text={turn.model} />
              </>
            )}
          </p>
        </li>
      ))}
    </ol>
  );
}
