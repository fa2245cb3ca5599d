import { join } from "node:path";
import { expect, test } from "vitest";
import { node, workspaceFolder } from "../hosts/workspace-folder.js";
import { readSpans } from "./read-spans.js";

const MAIN = `
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { llmobs } from "@llmobs/runtime";
const worker = new Worker(new URL("./worker.mjs", import.meta.url));
await llmobs.agent({ name: "lead", sessionId: "s-1", mlApp: "own-app" }, async () => {
  worker.postMessage({ question: "why", headers: llmobs.injectHeaders({}) });
  await once(worker, "message");
});
await llmobs.flush();
await once(worker, "exit");
`;

const WORKER = `
import { parentPort } from "node:worker_threads";
import { llmobs } from "@llmobs/runtime";
parentPort.once("message", async (message) => {
  await llmobs.extractHeaders(message.headers, () => llmobs.tool({ name: "in the worker" }, async () => message.question));
  parentPort.postMessage("done");
  await llmobs.flush();
});
`;

test("a worker's spans go below the span that sent the message", async () => {
  const folder = workspaceFolder({ "main.mjs": MAIN, "worker.mjs": WORKER });
  expect(await node(folder, ["main.mjs"], { LLMOBS_DIR: "spans" })).toEqual({ code: 0, stdout: "", stderr: "" });
  const spans = readSpans(join(folder, "spans"));
  const lead = spans.find(({ name }) => name === "lead");
  expect(spans.find(({ name }) => name === "in the worker")).toMatchObject({
    trace_id: lead?.trace_id,
    parent_id: lead?.span_id,
    session_id: "s-1",
    tags: expect.arrayContaining(["ml_app:own-app"]),
    meta: { agent_attribution: { pagent_name: "lead", pagent_span_id: lead?.span_id } },
  });
});
