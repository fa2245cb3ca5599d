import type { FacetsResponse } from "../../api/contract.js";
import { Link } from "../address/link.js";
import { Empty, WhenReady } from "../frame/states.js";
import { useRequest } from "../request/use-request.js";
import { formatCount } from "../text/figures.js";
import { VisibleText } from "../text/visible-text.js";

/** Sessions of the newest traces, those of most traces first. */
export function SessionsScreen() {
  const requested = useRequest<FacetsResponse>("/api/facets");
  return (
    <main class="sessions-screen">
      <h1>Sessions</h1>
      <WhenReady requested={requested}>
        {({ session }) =>
          session.length === 0 ? (
            <Empty title="No sessions yet">
              <p>Give a tag a session id, and every span beneath it belongs to that session:</p>
              <pre class="code">{"/** @llmobs workflow sessionId={chat.id} */"}</pre>
            </Empty>
          ) : (
            <ul class="sessions">
              {session.map(({ value, count }) => (
                <li>
                  <Link to={`/sessions/${encodeURIComponent(value)}`}>
                    <VisibleText text={value} />
                  </Link>
                  <Link to={`/traces?${new URLSearchParams({ session: value })}`} class="quiet">
                    {formatCount(count)} trace{count === 1 ? "" : "s"}
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </WhenReady>
    </main>
  );
}
