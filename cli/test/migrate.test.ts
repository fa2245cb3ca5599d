import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cli, project } from "./project.js";

interface Case {
  readonly from: string;
  readonly before: string;
  readonly after: string;
  /** What is printed about things without equivalent. */
  readonly notes: readonly string[];
}

const CASES: readonly Case[] = [
  {
    from: "dd-trace",
    before: `import tracer from "dd-trace";
const { llmobs } = tracer;

export const run = llmobs.wrap({ kind: "workflow", name: "run it", sessionId: "s" }, async function run(q: string) {
  llmobs.annotate({ metadata: { q } });
  return llmobs.trace({ kind: "task", name: "t" }, () => q);
});
class Bot {
  @llmobs.decorate({ kind: "agent" })
  async chat(q: string) { return q; }
}
`,
    after: `import { llmobs } from "@llmobs/runtime";

/** @llmobs workflow name="run it" sessionId="s" */
export const run = async function run(q: string) {
  llmobs.annotate({ metadata: { q } });
  return llmobs.trace({ kind: "task", name: "t" }, () => q);
};
class Bot {
  /** @llmobs agent */
  async chat(q: string) { return q; }
}
`,
    notes: [],
  },
  {
    from: "dd-trace",
    before: `const tracer = require("dd-trace").init({ llmobs: { mlApp: "a" } });
const llmobs = tracer.llmobs;
const f = llmobs.wrap({ kind: "tool" }, (a) => a);
tracer.scope();
`,
    after: `const tracer = require("dd-trace").init({ llmobs: { mlApp: "a" } });
/** @llmobs tool */
const f = (a) => a;
tracer.scope();
`,
    notes: ["a.ts:4 tracer.scope has no equivalent"],
  },
  {
    from: "langsmith",
    before: `import OpenAI from "openai";
import { traceable } from "langsmith/traceable";
import { wrapOpenAI } from "langsmith/wrappers";
const client = wrapOpenAI(new OpenAI());
const old = () => 1;
export const ask = traceable(async (q: string) => client.x(q), { name: "ask", run_type: "llm", project_name: "x" });
export const again = traceable(old);
app.post("/x", traceable(async (req) => ask(req.q), { name: "x" }));
`,
    after: `import OpenAI from "openai";
import { traceable } from "langsmith/traceable";
const client = new OpenAI();
const old = () => 1;
/** @llmobs llm name="ask" */
export const ask = async (q: string) => client.x(q);
export const again = traceable(old);
app.post("/x", /** @llmobs workflow name="x" */ async (req) => ask(req.q));
`,
    notes: [
      'a.ts:6 project_name: "x" has no attribute in a tag',
      "a.ts:7 traceable wraps a function from elsewhere: tag that function",
    ],
  },
  {
    from: "langfuse",
    before: `import { observe, updateActiveObservation } from "@langfuse/tracing";
class Bot {
  find = observe(async (q: string) => [q], { asType: "retriever", name: "find" });
}
updateActiveObservation({});
`,
    after: `import { updateActiveObservation } from "@langfuse/tracing";
class Bot {
  /** @llmobs retrieval name="find" */
  find = async (q: string) => [q];
}
updateActiveObservation({});
`,
    notes: ["a.ts:5 updateActiveObservation({}) has no equivalent"],
  },
  {
    from: "traceloop",
    before: `import * as traceloop from "@traceloop/node-server-sdk";
import { workflow as flow, withTask } from "@traceloop/node-server-sdk";
traceloop.initialize({ appName: "a" });
class Bot {
  @flow({ name: "chat" })
  async chat(q: string) {
    return await traceloop.withTool({ name: "inner" }, async () => q);
  }
}
withTask({ name: "x" }, (b) => b, 1);
`,
    after: `import { llmobs } from "@llmobs/runtime";
import { withTask } from "@traceloop/node-server-sdk";
class Bot {
  /** @llmobs workflow name="chat" */
  async chat(q: string) {
    return await llmobs.tool({ name: "inner" }, async () => q);
  }
}
withTask({ name: "x" }, (b) => b, 1);
`,
    notes: ["a.ts:10 withTask hands values to its function: use llmobs.trace"],
  },
  {
    from: "openinference",
    before: `import { OpenInferenceSpanKind, traceTool, withSpan } from "@arizeai/openinference-core";
export const weather = traceTool((city: string) => city, { name: "weather" });
export default withSpan(function plan() {}, { kind: "AGENT" });
`,
    after: `/** @llmobs tool name="weather" */
export const weather = (city: string) => city;
/** @llmobs agent */
export default (function plan() {});
`,
    notes: [],
  },
  {
    from: "braintrust",
    before: `import { initLogger, traced, wrapTraced } from "braintrust";
const logger = initLogger({ projectName: "p" });
const f = wrapTraced(async function f(x: number) { return x }, { type: "tool" });
export const g = () => traced(async () => f(1), { name: "g", type: "task" });
`,
    after: `import { llmobs } from "@llmobs/runtime";
/** @llmobs tool */
const f = async function f(x: number) { return x };
export const g = () => llmobs.task({ name: "g" }, async () => f(1));
`,
    notes: [],
  },
];

test.each(CASES)(
  "$from: wrappers and decorators become tags, imports and setup go",
  async ({ from, before, after, notes }) => {
    const folder = project({ "a.ts": before, "b.ts": "export const untouched = 1;\n" });
    const { code, stdout, stderr } = await cli(folder, ["migrate", "--from", from, "--write"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(readFileSync(join(folder, "a.ts"), "utf8")).toBe(after);
    expect(stdout.split("\n").filter((line) => notes.includes(line))).toEqual(notes);
    expect((await cli(folder, ["check"])).stdout).toMatch(/\b0 errors/);
  },
);

test("names the SDKs it knows", async () => {
  const { code, stderr } = await cli(project({}), ["migrate", "--from", "nothing"]);
  expect(code).toBe(1);
  expect(stderr).toContain("Allowed choices are dd-trace, langsmith, langfuse, traceloop, openinference, braintrust");
});
