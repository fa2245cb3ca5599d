import { writeFileSync } from "node:fs";
import { join } from "node:path";
import llmobs from "@llmobs/transformer/esbuild";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { node, workspaceFolder } from "./workspace-folder.js";

const APP = `
import { llmobs } from "@llmobs/runtime";
/** @llmobs task */
export async function work(n: number) { return n + 1; }
class Bot {
  /** @llmobs task */
  *says() { yield super.toString(); }
}
/** @llmobs tool */
const called = await work(2);
/** @llmobs task */
{
  await null;
}
const spans = llmobs.task((span) => span.spanId !== "");
console.log(await work(1), spans, llmobs.enabled, called, ...new Bot().says());
`;

/** Bundles the app as a platform's own tools do, and runs the bundle on Node in its place. */
async function bundled(conditions: readonly string[], platform: "browser" | "node"): Promise<string> {
  const folder = workspaceFolder({ "main.ts": APP });
  await build({
    absWorkingDir: folder,
    entryPoints: ["main.ts"],
    bundle: true,
    format: "esm",
    platform,
    conditions: [...conditions],
    outfile: "out.mjs",
    logLevel: "silent",
    plugins: [llmobs()],
  });
  writeFileSync(join(folder, "edge.mjs"), "delete process.getBuiltinModule; await import('./out.mjs');");
  const entry = platform === "browser" && conditions.length > 0 ? "edge.mjs" : "out.mjs";
  const { code, stdout, stderr } = await node(folder, [entry], {
    DD_LLMOBS_ML_APP: "x",
    DD_LLMOBS_AGENTLESS_ENABLED: "1",
  });
  expect({ code, faults: stderr.replace(/^\[llmobs\] .*API.*\n/gm, "") }).toEqual({ code: 0, faults: "" });
  return stdout.trim();
}

test("a browser bundle passes through", async () => {
  expect(await bundled([], "browser")).toBe("2 false false 3 [object Object]");
});

test.each([["workerd", "worker"], ["edge-light"], ["react-server"]])(
  "%s makes spans, without Node's modules too",
  async (...conditions) => {
    expect(await bundled(conditions, "browser")).toBe("2 true true 3 [object Object]");
  },
);

test("a bundle for Node makes spans", async () => {
  expect(await bundled([], "node")).toBe("2 true true 3 [object Object]");
});
