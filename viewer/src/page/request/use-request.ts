import { useEffect, useRef, useState } from "preact/hooks";
import { request } from "./request.js";

export type Requested<Answer> =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly answer: Answer }
  | { readonly state: "failed"; readonly message: string };

/**
 * Asks whenever the path or `version` changes. A later version of the same path keeps showing the answer before until
 * the new one is there; null asks nothing.
 */
export function useRequest<Answer>(path: string | null, version = 0): Requested<Answer> {
  const [requested, setRequested] = useState<Requested<Answer>>({ state: "loading" });
  const asked = useRef<string | null>(null);
  useEffect(() => {
    if (path === null) return;
    if (asked.current !== path) setRequested({ state: "loading" });
    asked.current = path;
    const abort = new AbortController();
    request<Answer>(path, { signal: abort.signal }).then(
      (answer) => setRequested({ state: "ready", answer }),
      (error: unknown) => {
        if (!abort.signal.aborted) {
          setRequested({ state: "failed", message: error instanceof Error ? error.message : String(error) });
        }
      },
    );
    return () => abort.abort();
  }, [path, version]);
  return requested;
}
