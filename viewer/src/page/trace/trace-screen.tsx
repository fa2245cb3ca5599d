import { useEffect, useMemo, useState } from "preact/hooks";
import type { TraceResponse } from "../../api/contract.js";
import { setParameters } from "../address/address.js";
import { Empty, WhenReady } from "../frame/states.js";
import { useLive } from "../request/use-live.js";
import { useRequest } from "../request/use-request.js";
import { TraceTree } from "./trace-tree.js";

/** One trace; its spans come without contents, so ten thousand of them are one short answer. */
export function TraceScreen({
  traceId,
  parameters,
}: {
  readonly traceId: string;
  readonly parameters: URLSearchParams;
}) {
  const [version, setVersion] = useState(0);
  const path = `/api/traces/${encodeURIComponent(traceId)}`;
  const requested = useRequest<TraceResponse>(path, version);
  const changed = useMemo(() => throttled(() => setVersion((count) => count + 1), 500), []);
  useEffect(() => changed.stop, [changed]);
  useLive("", (event) => {
    if (event.type === "refresh" || event.traces.some((trace) => trace.traceId === traceId)) changed.call();
  });
  return (
    <main class="trace-screen">
      <WhenReady requested={requested}>
        {(detail) =>
          detail.spans.length === 0 ? (
            <Empty title="This trace has no spans" />
          ) : (
            <TraceTree
              detail={detail}
              selectedId={parameters.get("span")}
              search={parameters.get("search") ?? ""}
              onSelect={(spanId) => setParameters({ span: spanId }, "replace")}
            />
          )
        }
      </WhenReady>
    </main>
  );
}

/** At most one call in `pause` ms, the last one never lost. */
function throttled(run: () => void, pause: number): { readonly call: () => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    call: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        run();
      }, pause);
    },
    stop: () => clearTimeout(timer),
  };
}
