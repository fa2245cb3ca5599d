import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { node, workspaceFolder } from "../hosts/workspace-folder.js";

const PROGRAM = `
import { llmobs, redact, ValidationError } from "@llmobs/runtime";
const results = [];
llmobs.registerProcessor(redact("*.secret", /\\d{16}/));
results.push(llmobs.trace({ kind: "task" }, (span, done) => (done(), span.kind)));
for (const kind of ["workflow", "agent", "llm", "tool", "task", "embedding", "retrieval"]) results.push(llmobs[kind](({ name }) => name));
results.push(llmobs.wrap({ kind: "task" }, (a, b) => a + b)(1, 2));
results.push([...llmobs.wrap({ kind: "task" }, function* () { yield 1; })()]);
const add = { value: (a) => a + 1 };
const decorated = llmobs.decorate({ kind: "tool" })(add.value, { kind: "method", name: "add" }) ?? add.value;
results.push(decorated(1));
const span = llmobs.startSpan({ kind: "llm", name: "by hand" });
results.push(llmobs.activate(span, () => llmobs.annotate({ inputData: "in" })), span.name);
span.annotate({ outputData: "out" });
span.setError(new Error("x"));
span.finish();
results.push(llmobs.annotationContext({ tags: { a: 1 } }, () => "context"));
results.push(llmobs.extractHeaders(llmobs.injectHeaders({}), () => "headers"));
llmobs.submitEvaluation({ spanId: "1", traceId: "2" }, { label: "l", metricType: "score", value: 1 });
llmobs.submitFeedback({ sessionId: "s", label: "l", metricType: "text", value: "t", submitter: { id: "u" } });
results.push(ValidationError.name.length > 0, typeof llmobs.exportSpan());
llmobs.deregisterProcessor();
await llmobs.flush();
results.push(Object.keys(llmobs).sort().join());
const { started, finished, evaluations, ignored, internalErrors } = llmobs.stats();
results.push(await llmobs.shutdown(), llmobs.enabled);
console.log(JSON.stringify({ results, counted: [started, finished, evaluations, ignored, internalErrors] }));
`;

/** Edge runtimes have no modules of Node's, and AsyncLocalStorage as a global. */
const EDGE = `
import { AsyncLocalStorage } from "node:async_hooks";
globalThis.AsyncLocalStorage = AsyncLocalStorage;
delete process.getBuiltinModule;
await import("./out.mjs");
`;

async function run(conditions: readonly string[], platform: "browser" | "node") {
  const folder = workspaceFolder({ "main.mjs": PROGRAM });
  await build({
    absWorkingDir: folder,
    entryPoints: ["main.mjs"],
    bundle: true,
    format: "esm",
    platform,
    conditions: [...conditions],
    outfile: "out.mjs",
    logLevel: "silent",
  });
  writeFileSync(join(folder, "edge.mjs"), EDGE);
  const { code, stdout } = await node(folder, [conditions.length > 0 ? "edge.mjs" : "out.mjs"], {
    DD_LLMOBS_ML_APP: "x",
    DD_LLMOBS_AGENTLESS_ENABLED: "1",
  });
  expect(code).toBe(0);
  const { results, counted }: { readonly results: unknown; readonly counted: readonly number[] } = JSON.parse(stdout);
  return { results, counted };
}

test("every call gives the program the same on every platform", async () => {
  const [onNode, atTheEdge, inTheBrowser] = await Promise.all([
    run([], "node"),
    run(["workerd", "worker"], "browser"),
    run([], "browser"),
  ]);
  expect(onNode.counted).toEqual([12, 12, 2, 0, 0]);
  expect(atTheEdge.counted).toEqual(onNode.counted);
  expect(inTheBrowser.counted).toEqual([0, 0, 0, 0, 0]);
  expect(atTheEdge.results).toEqual(onNode.results);
  expect(inTheBrowser.results).toEqual(onNode.results);
});
