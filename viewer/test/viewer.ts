import { startViewer, type Viewer, type ViewerOptions } from "@llmobs/viewer";

export interface Client {
  readonly viewer: Viewer;
  get<Answer>(path: string): Promise<Answer>;
  /** A string or bytes go as they are, everything else as JSON. */
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  close(): Promise<void>;
}

/** A viewer on a free port, its store in memory unless `options` say otherwise. */
export async function viewerClient(options: ViewerOptions = {}): Promise<Client> {
  const viewer = await startViewer({ store: "memory", port: 0, spanFolders: [], ...options });
  return {
    viewer,
    async get<Answer>(path: string) {
      const response = await fetch(viewer.origin + path);
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      const answer: Answer = JSON.parse(await response.text());
      return answer;
    },
    post: (path, body, headers = {}) =>
      fetch(viewer.origin + path, {
        method: "POST",
        body: typeof body === "string" || body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body),
        headers,
      }),
    close: () => viewer.close(),
  };
}

export const START_NS = 1_795_374_037_794_000_000;

/** An event of the wire, as small as it may be. */
export function event(fields: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    trace_id: "trace-1",
    span_id: "1",
    parent_id: "undefined",
    name: "answer",
    tags: ["ml_app:shop", "version:1.2"],
    start_ns: START_NS,
    duration: 6_000_000,
    status: "ok",
    meta: { "span.kind": "workflow", input: {}, output: {} },
    metrics: {},
    ...fields,
  };
}

export const SPANS = "/evp_proxy/v2/api/v2/llmobs";
export const METRICS = "/evp_proxy/v2/api/intake/llm-obs/v2/eval-metric";

export function envelopes(...events: readonly unknown[]): unknown {
  return events.map((each) => ({ "_dd.stage": "raw", event_type: "span", spans: [each] }));
}
