import { useEffect, useState } from "preact/hooks";
import { type Address, navigate, useAddress } from "./address/address.js";
import { ConversationScreen } from "./conversation/conversation-screen.js";
import { SessionsScreen } from "./conversation/sessions-screen.js";
import { DashboardScreen } from "./dashboard/dashboard-screen.js";
import { Announcement } from "./frame/announcement.js";
import { Header } from "./frame/header.js";
import { Empty } from "./frame/states.js";
import { useTheme } from "./frame/theme.js";
import { KeyList } from "./keys/key-list.js";
import { useKeys } from "./keys/keys.js";
import { TraceScreen } from "./trace/trace-screen.js";
import { TracesScreen } from "./traces/traces-screen.js";

export function Page() {
  const address = useAddress();
  const [theme, nextTheme] = useTheme();
  const [keysShown, setKeysShown] = useState(false);
  useKeys([
    { key: "?", label: "List the keys", run: () => setKeysShown(true) },
    { key: "t", label: "Go to the traces", run: () => navigate("/traces") },
    { key: "s", label: "Go to the sessions", run: () => navigate("/sessions") },
    { key: "d", label: "Go to the dashboard", run: () => navigate("/dashboard") },
    { key: "b", label: "Change colours: system, light, dark", run: nextTheme },
  ]);
  return (
    <>
      <Header path={address.path} theme={theme} onTheme={nextTheme} onKeys={() => setKeysShown(true)} />
      <Screen address={address} theme={theme} />
      <Announcement />
      {keysShown && <KeyList onClose={() => setKeysShown(false)} />}
    </>
  );
}

function Screen({ address: { path, query }, theme }: { readonly address: Address; readonly theme: string }) {
  const [section = "", id = "", view = ""] = path.slice(1).split("/").map(decoded);
  const title = titleOf(section, id);
  useEffect(() => {
    document.title = title;
  }, [title]);
  switch (section) {
    case "":
    case "traces":
      if (id === "") return <TracesScreen parameters={query} />;
      if (view === "conversation") {
        const trace = `/traces/${encodeURIComponent(id)}`;
        return <ConversationScreen path={`/api${trace}/conversation`} back={trace} title="Conversation" />;
      }
      return <TraceScreen key={id} traceId={id} parameters={query} />;
    case "sessions": {
      if (id === "") return <SessionsScreen />;
      const session = `/sessions/${encodeURIComponent(id)}`;
      return <ConversationScreen path={`/api${session}/conversation`} back="/sessions" title={`Session ${id}`} />;
    }
    case "dashboard":
      return <DashboardScreen parameters={query} theme={theme} />;
    default:
      return (
        <main>
          <Empty title="There is no such page" />
        </main>
      );
  }
}

function titleOf(section: string, id: string): string {
  switch (section) {
    case "sessions":
      return id === "" ? "Sessions" : `Session ${id}`;
    case "dashboard":
      return "Dashboard";
    default:
      return id === "" ? "Traces" : `Trace ${id}`;
  }
}

/** A part of the path that is no valid encoding stays as it is written. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
