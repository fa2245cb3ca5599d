import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startChild } from "./child-program.js";
import { type LoopbackServer, loopbackServer } from "./loopback-server.js";
import { spanFiles, spanLine } from "./span-folder.js";
import { temporaryFolder } from "./temporary-folder.js";

const HANGS = () => loopbackServer(() => {});
const COUNTS = `process.on("exit", () => console.log(JSON.stringify(reporter.counters)));`;

function agentAt({ origin }: LoopbackServer): Record<string, string> {
  return { DD_LLMOBS_AGENTLESS_ENABLED: "0", DD_TRACE_AGENT_URL: origin };
}

async function run(program: string, environment: Record<string, string>) {
  const { ended } = await startChild(program, environment);
  const { stdout, ...rest } = await ended;
  const counters: Record<string, number> = JSON.parse(/^\{.*\}$/m.exec(stdout)?.[0] ?? "{}");
  return { ...rest, counters };
}

/** The files that wait to be sent, or are being. */
function unsent(dir: string): string[] {
  return readdirSync(dir).filter((name) => name.startsWith("unsent-"));
}

function unsentLines(dir: string): unknown[] {
  return unsent(dir).flatMap((name) =>
    readFileSync(join(dir, name), "utf8")
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line)),
  );
}

/** Puts there what an earlier process would have left. */
function leave(dir: string, name: string, ...ids: ReadonlyArray<number | string>): string {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, name);
  writeFileSync(path, ids.map((id) => `${JSON.stringify(spanLine(id))}\n`).join(""));
  return path;
}

function receivedIds({ requests }: LoopbackServer): string[] {
  return requests.flatMap(({ body }) => {
    const envelopes: Array<{ spans: [{ span_id: string }] }> = JSON.parse(body);
    return envelopes.map(({ spans }) => spans[0].span_id);
  });
}

describe("a process that must leave", () => {
  const endings: ReadonlyArray<readonly [string, string]> = [
    ["process.exit in the first turn", `pipeline.push(span(1)); process.exit(3);`],
    [
      "process.exit while a request is under way",
      `pipeline.push(span(1)); pipeline.flush(); setTimeout(() => process.exit(3), 300);`,
    ],
    [
      "an uncaught exception",
      `pipeline.push(span(1)); process.exitCode = 3; setTimeout(() => { throw new Error("x"); }, 300);`,
    ],
    ["the deadline", `pipeline.push(span(1)); process.exitCode = 3;`],
    ["a shutdown that takes too long", `pipeline.push(span(1)); await pipeline.shutdown(); process.exitCode = 3;`],
  ];
  test.each(endings)("%s: spans are kept in the folder", async (_title, program) => {
    const dir = join(temporaryFolder(), "a", "spill");
    const { code, stderr, counters } = await run(`${COUNTS} ${program}`, {
      ...agentAt(await HANGS()),
      LLMOBS_SPILL_DIR: dir,
      TEST_SHUTDOWN_TIMEOUT_MS: "400",
    });
    expect(code).toBe(program.includes("throw") ? 1 : 3);
    expect(stderr).not.toContain("[llmobs]");
    expect(counters).toMatchObject({ spilled: 1, exported: 0, droppedAtExit: 0, droppedExport: 0, internalErrors: 0 });
    expect(unsentLines(dir)).toEqual([spanLine(1)]);
    const [name = ""] = unsent(dir);
    expect(name).toMatch(/^unsent-\d{8}T\d{9}Z-\d+-[0-9a-z]{8}\.ndjson$/);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dir, ".gitignore"), "utf8")).toBe("*\n");
  });

  test("SIGTERM: kept when the deadline has passed, and the signal is what ends it", async () => {
    const dir = temporaryFolder();
    const child = await startChild(`pipeline.push(span(1)); setInterval(() => {}, 3_600_000); console.log("ready");`, {
      ...agentAt(await HANGS()),
      LLMOBS_SPILL_DIR: dir,
      TEST_SHUTDOWN_TIMEOUT_MS: "300",
    });
    await child.ready;
    child.process.kill("SIGTERM");
    expect(await child.ended).toMatchObject({ signal: "SIGTERM", stderr: "" });
    expect(unsentLines(dir)).toEqual([spanLine(1)]);
  });

  test("without a folder for them, LLMOBS_DIR takes them, beside its own files", async () => {
    const dir = temporaryFolder();
    const { counters } = await run(`${COUNTS} for (let i = 0; i < 2500; i++) pipeline.push(span(i)); process.exit();`, {
      ...agentAt(await HANGS()),
      LLMOBS_DIR: dir,
    });
    expect(counters).toMatchObject({ exported: 2500, spilled: 2500, droppedAtExit: 0 });
    expect(unsentLines(dir)).toEqual(Array.from({ length: 2500 }, (_, id) => spanLine(id)));
    expect(spanFiles(dir).filter((name) => name.startsWith("spans-"))).toHaveLength(1);
  });

  test("a folder that cannot be: counted on one line, and why", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    const { counters, stderr } = await run(
      `${COUNTS} pipeline.push(span(1)); pipeline.push(span(2)); process.exit();`,
      {
        ...agentAt(await HANGS()),
        LLMOBS_SPILL_DIR: join(file, "sub"),
      },
    );
    expect(counters).toMatchObject({ spilled: 0, droppedAtExit: 2, internalErrors: 0 });
    expect(stderr).toMatch(
      /^\[llmobs\] spans could not be kept in .*sub: ENOTDIR.*\n\[llmobs\] 2 spans were not sent: the process left before they could be\n$/,
    );
  });

  test("a full disk: what fits is kept whole, the rest counted", async () => {
    const dir = temporaryFolder();
    // A limit on the size of files stands in for the full disk.
    const child = await startChild(
      `process.on("SIGXFSZ", () => {}); ${COUNTS}
       const event = (id: number, bytes: number) =>
         ({ ...span(id), encode: () => JSON.stringify({ span_id: String(id), pad: "x".repeat(bytes) }) });
       pipeline.push(event(1, 10)); pipeline.push(event(2, 1_500_000)); pipeline.push(event(3, 10)); process.exit();`,
      { ...agentAt(await HANGS()), LLMOBS_SPILL_DIR: dir },
      "ulimit -f 1024",
    );
    const { stdout, stderr } = await child.ended;
    expect(JSON.parse(stdout)).toMatchObject({ spilled: 2, droppedAtExit: 1 });
    expect(stderr).toContain("EFBIG");
    expect(unsentLines(dir)).toMatchObject([{ event: { span_id: "1" } }, { event: { span_id: "3" } }]);
  });
});

describe("the next process", () => {
  test("sends what was kept and removes it, beside its own spans", async () => {
    const dir = temporaryFolder();
    leave(dir, "unsent-20260101T000000000Z-1-aaaaaaaa.ndjson", 1, 2);
    leave(dir, "unsent-20260102T000000000Z-1-aaaaaaaa.ndjson", 3);
    const server = await loopbackServer();
    const result = await run(`${COUNTS} pipeline.push(span(4)); await pipeline.flush();`, {
      ...agentAt(server),
      LLMOBS_SPILL_DIR: dir,
    });
    expect(result).toMatchObject({ code: 0, stderr: "", counters: { exported: 4, spilled: 0, droppedExport: 0 } });
    expect(receivedIds(server).sort()).toEqual(["1", "2", "3", "4"]);
    for (const { url, body } of server.requests) {
      expect(url).toBe("/evp_proxy/v2/api/v2/llmobs");
      expect(body).toMatch(/^\[\{"_dd\.stage":"raw",.*\]$/);
    }
    expect(unsent(dir)).toEqual([]);
  });

  test("does so even when it makes no span and ends at once", async () => {
    const dir = temporaryFolder();
    leave(dir, "unsent-20260101T000000000Z-1-aaaaaaaa.ndjson", 1);
    const server = await loopbackServer();
    expect(await run("", { ...agentAt(server), LLMOBS_SPILL_DIR: dir })).toMatchObject({ code: 0, stderr: "" });
    expect(receivedIds(server)).toEqual(["1"]);
    expect(unsent(dir)).toEqual([]);
  });

  test("evaluations go where evaluations go", async () => {
    const dir = temporaryFolder();
    writeFileSync(
      join(dir, "unsent-20260101T000000000Z-1-aaaaaaaa.ndjson"),
      `${JSON.stringify({ v: 1, type: "evaluation", metric: { label: "a" } })}\n${JSON.stringify({ v: 1, type: "evaluation", metric: { label: "b" } })}\n`,
    );
    const server = await loopbackServer();
    await run("", { ...agentAt(server), LLMOBS_SPILL_DIR: dir });
    expect(server.requests.map(({ url, body }) => [url, JSON.parse(body)])).toEqual([
      [
        "/evp_proxy/v2/api/intake/llm-obs/v2/eval-metric",
        { data: { type: "evaluation_metric", attributes: { metrics: [{ label: "a" }, { label: "b" }] } } },
      ],
    ]);
  });

  test("of several that start at once, each file is sent by one", async () => {
    const dir = temporaryFolder();
    const ids = Array.from({ length: 60 }, (_, id) => String(id));
    for (const id of ids) leave(dir, `unsent-20260101T0000000${id.padStart(2, "0")}Z-1-aaaaaaaa.ndjson`, id);
    const server = await loopbackServer();
    const children = await Promise.all(
      [1, 2, 3].map(() =>
        startChild("", { ...agentAt(server), LLMOBS_SPILL_DIR: dir, TEST_SHUTDOWN_TIMEOUT_MS: "20000" }),
      ),
    );
    for (const { ended } of children) expect(await ended).toMatchObject({ code: 0, stderr: "" });
    expect(receivedIds(server).sort()).toEqual(ids.sort());
    expect(unsent(dir)).toEqual([]);
  });

  test("takes over from one that was killed while it sent, not from one that lives", async () => {
    const dir = temporaryFolder();
    const now = Date.now();
    const gone = await startChild("", {});
    await gone.ended;
    const host = hostname().replace(/[^\w.-]/g, "_");
    leave(dir, `unsent-20260101T000000000Z-1-aaaaaaaa.ndjson.${gone.process.pid}-${now}-${host}`, "of the dead");
    leave(dir, `unsent-20260102T000000000Z-1-aaaaaaaa.ndjson.${process.pid}-${now}-${host}`, "of the living");
    leave(dir, `unsent-20260103T000000000Z-1-aaaaaaaa.ndjson.1-${now}-another.machine`, "elsewhere");
    leave(dir, `unsent-20260104T000000000Z-1-aaaaaaaa.ndjson.1-${now - 3_600_000}-another.machine`, "long ago");
    const server = await loopbackServer();
    await run("", { ...agentAt(server), LLMOBS_SPILL_DIR: dir });
    expect(receivedIds(server).sort()).toEqual(["long ago", "of the dead"]);
    expect(unsent(dir)).toHaveLength(2);
  });

  test("leaves everything for a later one while the intake is down", async () => {
    const dir = temporaryFolder();
    leave(dir, "unsent-20260101T000000000Z-1-aaaaaaaa.ndjson", 1);
    const { code, stderr, elapsedMs } = await run(`console.log("ready");`, {
      DD_LLMOBS_AGENTLESS_ENABLED: "0",
      DD_TRACE_AGENT_URL: "http://127.0.0.1:1",
      LLMOBS_SPILL_DIR: dir,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(elapsedMs).toBeLessThan(2000);
    expect(unsent(dir)).toEqual(["unsent-20260101T000000000Z-1-aaaaaaaa.ndjson"]);
  });

  test("gives back what it was sending when it must leave itself", async () => {
    const dir = temporaryFolder();
    leave(dir, "unsent-20260101T000000000Z-1-aaaaaaaa.ndjson", 1);
    const server = await HANGS();
    await run(`setTimeout(() => process.exit(), 500);`, { ...agentAt(server), LLMOBS_SPILL_DIR: dir });
    expect(server.requests).toHaveLength(1);
    expect(unsent(dir)).toEqual(["unsent-20260101T000000000Z-1-aaaaaaaa.ndjson"]);
  });

  test("an intake that comes back while it runs gets everything", async () => {
    const dir = temporaryFolder();
    leave(dir, "unsent-20260101T000000000Z-1-aaaaaaaa.ndjson", 1);
    const server = await loopbackServer((_, response, count) => response.writeHead(count <= 2 ? 503 : 202).end());
    const result = await run(
      `${COUNTS} const timer = setInterval(() => { if (reporter.counters.exported === 1) clearInterval(timer); }, 20);`,
      { ...agentAt(server), LLMOBS_SPILL_DIR: dir },
    );
    expect(result).toMatchObject({ code: 0, stderr: "", counters: { exported: 1 } });
    expect(unsent(dir)).toEqual([]);
  });

  test("counts and removes what the intake refuses, and what is past its age", async () => {
    const dir = temporaryFolder();
    leave(dir, "unsent-20260102T000000000Z-1-aaaaaaaa.ndjson", 1, 2);
    const old = leave(dir, "unsent-20260101T000000000Z-1-aaaaaaaa.ndjson", 3);
    const long = Date.now() / 1000 - 15 * 86_400;
    utimesSync(old, long, long);
    const server = await loopbackServer((_, response) => response.writeHead(400).end());
    const { counters, stderr } = await run(COUNTS, { ...agentAt(server), LLMOBS_SPILL_DIR: dir });
    expect(receivedIds(server)).toEqual(["1", "2"]);
    expect(counters).toMatchObject({ exported: 0, droppedExport: 3 });
    expect(stderr).toContain("1 record was dropped: the intake could not be reached for 14 days");
    expect(stderr).toContain("2 records were dropped: the Datadog Agent answered with status 400");
    expect(unsent(dir)).toEqual([]);
  });

  test("that sends nothing to Datadog leaves it alone", async () => {
    const dir = temporaryFolder();
    leave(dir, "unsent-20260101T000000000Z-1-aaaaaaaa.ndjson", 1);
    expect(await run("", { LLMOBS_DIR: dir })).toMatchObject({ code: 0, stderr: "" });
    expect(unsent(dir)).toHaveLength(1);
  });
});
