import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { node } from "../hosts/workspace-folder.js";
import { startIntake } from "./intake.js";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

interface Captured {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Ids by first appearance, no times, no versions, of a stack its first line: what may differ between two runs. */
function normalise(body: unknown): string {
  const ids = new Map<string, string>();
  const plain = JSON.stringify(body, (key, value: unknown) => {
    if (key === "start_ns" || key === "duration") return typeof value;
    if (key === "_dd.tracer_version") return "V";
    if (typeof value !== "string") return value;
    if (key === "error.stack") return value.split("\n")[0];
    return value.replace(/^ddtrace\.version:.*/, "ddtrace.version:V");
  });
  return plain.replace(/\b(?:[0-9a-f]{32}|\d{15,20})\b/g, (id) => {
    if (!ids.has(id)) ids.set(id, `id-${ids.size}`);
    return ids.get(id) ?? id;
  });
}

async function run(env: Readonly<Record<string, string>>) {
  const intake = await startIntake();
  const common = {
    DD_SERVICE: "shop-bot",
    DD_ENV: "staging",
    DD_VERSION: "1.2.3",
    DD_TAGS: "team:ai",
    DD_LLMOBS_ML_APP: "shop-app",
  };
  const given = Object.fromEntries(
    Object.entries(env).map(([key, value]) => [key, value.replace("ORIGIN", intake.origin)]),
  );
  const output = await node(fixture("."), [fixture("spans.mjs")], { ...common, ...given });
  expect(output).toEqual({ code: 0, stdout: "", stderr: "" });
  return intake.requests;
}

describe.each([
  [
    "agent-mode",
    { DD_TRACE_AGENT_URL: "ORIGIN", DD_LLMOBS_AGENTLESS_ENABLED: "0" },
    ["content-type", "x-datadog-evp-subdomain"],
  ],
  ["agent-mode", { DD_TRACE_AGENT_URL: "ORIGIN" }, ["content-type", "x-datadog-evp-subdomain"]],
  [
    "agentless-mode",
    { DD_LLMOBS_OVERRIDE_ORIGIN: "ORIGIN", DD_LLMOBS_AGENTLESS_ENABLED: "1", DD_API_KEY: "test-key", DD_TAGS: "" },
    ["content-type", "dd-api-key"],
  ],
])("%s with %j", (name, env, headers) => {
  test("sends what the official SDK sends", async () => {
    const expected: Captured = JSON.parse(readFileSync(fixture(`${name}.json`), "utf8"));
    const requests = (await run(env)).filter(({ url }) => url !== "/info");
    // One request on a quiet machine; a busy one may take two.
    const bodies = requests.map(({ text }): readonly unknown[] => JSON.parse(text));
    const [request] = requests;
    expect([request?.method, request?.url]).toEqual([expected.method, expected.url]);
    for (const header of headers) expect(request?.headers[header]).toBe(expected.headers[header]);
    expect(Number(request?.headers["content-length"])).toBe(request?.text.length);
    expect(request?.text).toMatch(/^[ -~]*$/);
    expect(normalise(bodies.flat())).toBe(normalise(expected.body));
  });
});
