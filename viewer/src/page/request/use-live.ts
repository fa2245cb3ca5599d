import { useEffect, useRef } from "preact/hooks";
import type { LiveEvent } from "../../api/contract.js";

/** Listens to traces that change while mounted; the browser connects again by itself. */
export function useLive(parameters: string, onEvent: (event: LiveEvent) => void): void {
  const latest = useRef(onEvent);
  latest.current = onEvent;
  useEffect(() => {
    const source = new EventSource(parameters === "" ? "/api/live" : `/api/live?${parameters}`);
    source.addEventListener("message", ({ data }: MessageEvent<string>) => {
      const event: LiveEvent = JSON.parse(data);
      latest.current(event);
    });
    return () => source.close();
  }, [parameters]);
}
