import type { InfoResponse } from "../../api/contract.js";
import { useRequest } from "../request/use-request.js";
import { Empty } from "./states.js";

/** What a page without any trace says: how to get the first one. */
export function FirstSteps() {
  const info = useRequest<InfoResponse>("/api/info");
  const origin = info.state === "ready" ? info.answer.origin : location.origin;
  const folder = info.state === "ready" ? (info.answer.spanFolders[0] ?? null) : null;
  return (
    <Empty title="No traces yet">
      <p>Tag a function, and run your program. Traces appear here by themselves.</p>
      <pre class="code">{`/** @llmobs workflow */
export async function answer(question: string) { … }`}</pre>
      <p>Run it with the command line, which writes to the folder this page reads:</p>
      <pre class="code">npx llmobs-instrument run app.ts</pre>
      {folder !== null && (
        <>
          <p>or point any instrumented program at that folder:</p>
          <pre class="code">LLMOBS_DIR={folder} node dist/app.js</pre>
        </>
      )}
      <p>A program that uses another Datadog SDK, in any language, can send here too:</p>
      <pre class="code">{`DD_LLMOBS_ENABLED=1 DD_LLMOBS_ML_APP=app DD_LLMOBS_OVERRIDE_ORIGIN=${origin}`}</pre>
      <p>So can OpenTelemetry:</p>
      <pre class="code">OTEL_EXPORTER_OTLP_TRACES_ENDPOINT={origin}/v1/traces</pre>
    </Empty>
  );
}
