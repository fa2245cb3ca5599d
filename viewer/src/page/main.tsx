import { render } from "preact";
import type { TraceListResponse } from "../api/contract.ts";
import "./page.css";

function TraceList({ traces }: TraceListResponse) {
  return (
    <main>
      <h1>Traces</h1>
      {traces.length === 0 && <p>No traces yet: run a program with LLMOBS_DIR set.</p>}
      <ul>
        {traces.map((trace) => (
          <li key={trace.traceId}>
            {trace.kind} {trace.name} {trace.status}
          </li>
        ))}
      </ul>
    </main>
  );
}

const response = await fetch("/api/traces");
const list: TraceListResponse = await response.json();
render(<TraceList {...list} />, document.body);
