import { type ChildProcess, spawn } from "node:child_process";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startChild } from "./child-program.js";
import { loopbackServer } from "./loopback-server.js";
import { readLines, spanFiles, spanLine } from "./span-folder.js";
import { temporaryFolder } from "./temporary-folder.js";

const HOUR = "setInterval(() => {}, 3_600_000);";
const NOT_SENT = (count: number) => `[llmobs] ${count} spans were not sent: the process left before they could be\n`;

function agentAt(origin: string): Record<string, string> {
  return { DD_LLMOBS_AGENTLESS_ENABLED: "0", DD_TRACE_AGENT_URL: origin };
}

/** A port where connections are neither accepted nor refused: its process is stopped and its backlog full. */
async function blackHole(): Promise<string> {
  const program = `require("node:net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, function () {
    console.log(this.address().port);
  })`;
  const server: ChildProcess = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => {
    server.kill("SIGKILL");
  });
  const port = await new Promise<number>((resolve) => {
    server.stdout?.once("data", (chunk: Buffer) => resolve(Number(String(chunk))));
  });
  server.kill("SIGSTOP");
  for (let i = 0; i < 8; i++) {
    const socket = connect(port, "127.0.0.1").on("error", () => {});
    onTestFinished(() => {
      socket.destroy();
    });
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  return `http://127.0.0.1:${port}`;
}

describe("the program is done", () => {
  test("what it never flushed is delivered, and it leaves at once", async () => {
    const server = await loopbackServer();
    const dir = temporaryFolder();
    const child = await startChild(
      `pipeline.push(start(1)); pipeline.push(span(1)); process.exitCode = 7; console.log("ready");`,
      { ...agentAt(server.origin), LLMOBS_DIR: dir },
    );
    const result = await child.ended;
    expect(result).toMatchObject({ code: 7, signal: null, stderr: "" });
    expect(result.elapsedMs).toBeLessThan(900);
    expect(server.requests).toHaveLength(1);
    expect(readLines(dir)).toHaveLength(2);
  });

  test("neither timers nor kept-alive connections keep it", async () => {
    const server = await loopbackServer();
    const child = await startChild(
      `pipeline.push(span(1)); await pipeline.flush(); console.log("ready");`,
      agentAt(server.origin),
    );
    const result = await child.ended;
    expect(result).toMatchObject({ code: 0, stderr: "" });
    expect(result.elapsedMs).toBeLessThan(500);
  });

  test("nothing pushed: nothing awaited, even while the Agent is being asked", async () => {
    const server = await loopbackServer(() => {});
    const child = await startChild(`console.log("ready");`, {
      DD_LLMOBS_ENABLED: "1",
      DD_TRACE_AGENT_URL: server.origin,
    });
    const result = await child.ended;
    expect(result).toMatchObject({ code: 0, stderr: "" });
    expect(result.elapsedMs).toBeLessThan(500);
  });

  test("an intake that hangs holds it for the deadline and no longer", async () => {
    const server = await loopbackServer(() => {});
    const child = await startChild(
      `pipeline.push(span(1)); process.exitCode = 7; console.log("ready");
       process.on("exit", () => console.log(JSON.stringify(reporter.counters)));`,
      { ...agentAt(server.origin), TEST_SHUTDOWN_TIMEOUT_MS: "1500" },
    );
    const result = await child.ended;
    expect(result).toMatchObject({ code: 7, signal: null, stderr: NOT_SENT(1) });
    expect(result.elapsedMs).toBeGreaterThan(1400);
    expect(result.elapsedMs).toBeLessThan(2500);
    expect(JSON.parse(result.stdout.split("\n")[1] ?? "")).toMatchObject({
      exported: 0,
      droppedExport: 0,
      droppedAtExit: 1,
      internalErrors: 0,
    });
  });

  test("the default deadline is five seconds", async () => {
    const server = await loopbackServer(() => {});
    const child = await startChild(`pipeline.push(span(1)); console.log("ready");`, agentAt(server.origin));
    const result = await child.ended;
    expect(result).toMatchObject({ code: 0, signal: null, stderr: NOT_SENT(1) });
    expect(result.elapsedMs).toBeLessThan(6000);
  });

  test("an address that takes no connection holds it for the deadline and no longer", async () => {
    const origin = await blackHole();
    const child = await startChild(`pipeline.push(span(1)); console.log("ready");`, {
      ...agentAt(origin),
      TEST_SHUTDOWN_TIMEOUT_MS: "1000",
    });
    const result = await child.ended;
    expect(result).toMatchObject({ code: 0, signal: null, stderr: NOT_SENT(1) });
    expect(result.elapsedMs).toBeLessThan(2000);
  });

  test("a connection attempt that held it already counts towards the deadline", async () => {
    const origin = await blackHole();
    // The attempt begins 1 s in; the program is done 0.5 s later.
    const child = await startChild(
      `pipeline.push(span(1)); setTimeout(() => console.log("ready"), 1500);`,
      agentAt(origin),
    );
    const result = await child.ended;
    expect(result).toMatchObject({ code: 0, stderr: NOT_SENT(1) });
    expect(result.elapsedMs).toBeLessThan(6000);
  });

  test("a program that makes a span each time it is about to end still ends", async () => {
    const dir = temporaryFolder();
    const child = await startChild(`process.on("beforeExit", () => pipeline.push(span(1)));`, {
      LLMOBS_DIR: dir,
    });
    expect(await child.ended).toMatchObject({ code: 0, stderr: "" });
    expect(readLines(dir).length).toBeGreaterThan(1);
    expect(readLines(dir).length).toBeLessThan(10);
  });

  test("a span made while it is about to end is delivered", async () => {
    const server = await loopbackServer();
    const child = await startChild(`process.once("beforeExit", () => pipeline.push(span(1)));`, agentAt(server.origin));
    expect(await child.ended).toMatchObject({ code: 0, stderr: "" });
    expect(server.requests).toHaveLength(1);
  });

  test("work begun in beforeExit still has its spans delivered", async () => {
    const server = await loopbackServer();
    const child = await startChild(
      `pipeline.push(span(1));
       process.once("beforeExit", () => setTimeout(() => pipeline.push(span(2)), 300));`,
      agentAt(server.origin),
    );
    expect(await child.ended).toMatchObject({ code: 0, stderr: "" });
    expect(server.requests).toHaveLength(2);
  });
});

describe("the program leaves at once", () => {
  test.each([
    ["process.exit in its first turn", `pipeline.push(span(1)); process.exit(3);`, 3],
    [
      "process.exit later",
      `pipeline.push(span(0)); await pipeline.flush(); pipeline.push(span(1)); process.exit(3);`,
      3,
    ],
    ["an uncaught exception", `pipeline.push(span(1)); setTimeout(() => { throw new Error("boom"); }, 50);`, 1],
    ["an unhandled rejection", `pipeline.push(span(1)); Promise.reject(new Error("boom"));`, 1],
  ])("%s: the file is complete and the code kept", async (_title, program, code) => {
    const dir = temporaryFolder();
    const child = await startChild(`pipeline.push(start(1));${program}`, { LLMOBS_DIR: dir });
    const result = await child.ended;
    expect(result).toMatchObject({ code, signal: null });
    expect(result.stderr).not.toContain("[llmobs]");
    if (code === 1) expect(result.stderr).toContain("boom");
    expect(readLines(dir)).toContainEqual(spanLine(1));
    expect(readLines(dir)).toContainEqual({ v: 1, type: "start", event: { span_id: "1" } });
  });

  test("spans of later exit listeners are written too", async () => {
    const dir = temporaryFolder();
    const child = await startChild(
      `pipeline.push(span(1)); await pipeline.flush();
       process.on("exit", () => { pipeline.push(span(2)); pipeline.push(span(3)); });
       process.exit(0);`,
      { LLMOBS_DIR: dir },
    );
    expect(await child.ended).toMatchObject({ code: 0, stderr: "" });
    expect(readLines(dir)).toEqual([spanLine(1), spanLine(2), spanLine(3)]);
  });

  test("many megabytes are written whole", async () => {
    const dir = temporaryFolder();
    const child = await startChild(
      `const pad = "x".repeat(100_000);
       for (let i = 0; i < 400; i++) {
         pipeline.push({ ...span(i), weight: 100_000, encode: () => JSON.stringify({ span_id: String(i), pad }) });
       }
       process.exit(3);`,
      { LLMOBS_DIR: dir },
    );
    expect(await child.ended).toMatchObject({ code: 3, stderr: "" });
    expect(readLines(dir)).toHaveLength(400);
  });

  test("what only Datadog would have got is counted and said in one line", async () => {
    const server = await loopbackServer(() => {});
    const child = await startChild(
      `pipeline.push(span(1));
       void pipeline.flush();
       setTimeout(() => {
         pipeline.push(span(2));
         process.on("exit", () => console.log(JSON.stringify(reporter.counters)));
         process.exit(3);
       }, 300);`,
      agentAt(server.origin),
    );
    const result = await child.ended;
    expect(server.requests).toHaveLength(1);
    expect(result).toMatchObject({ code: 3, stderr: NOT_SENT(2) });
    expect(JSON.parse(result.stdout)).toMatchObject({ exported: 0, droppedExport: 0, droppedAtExit: 2 });
  });
});

describe("signals", () => {
  test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("%s ends it as without us, after delivery", async (signal) => {
    const server = await loopbackServer();
    const dir = temporaryFolder();
    const child = await startChild(`pipeline.push(span(1)); ${HOUR} console.log("ready");`, {
      ...agentAt(server.origin),
      LLMOBS_DIR: dir,
    });
    await child.ready;
    child.process.kill(signal);
    const result = await child.ended;
    expect(result).toMatchObject({ code: null, signal, stderr: "" });
    expect(result.elapsedMs).toBeLessThan(900);
    expect(readLines(dir)).toEqual([spanLine(1)]);
    expect(server.requests).toHaveLength(1);
  });

  test("with an intake that hangs it waits for the deadline, then ends by the signal", async () => {
    const server = await loopbackServer(() => {});
    const child = await startChild(`pipeline.push(span(1)); ${HOUR} console.log("ready");`, {
      ...agentAt(server.origin),
      TEST_SHUTDOWN_TIMEOUT_MS: "1000",
    });
    await child.ready;
    child.process.kill("SIGTERM");
    const result = await child.ended;
    expect(result).toMatchObject({ code: null, signal: "SIGTERM", stderr: NOT_SENT(1) });
    expect(result.elapsedMs).toBeGreaterThan(900);
    expect(result.elapsedMs).toBeLessThan(2000);
  });

  test("a second signal ends the wait", async () => {
    const server = await loopbackServer(() => {});
    const child = await startChild(`pipeline.push(span(1)); ${HOUR} console.log("ready");`, agentAt(server.origin));
    await child.ready;
    child.process.kill("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.process.kill("SIGINT");
    const result = await child.ended;
    expect(result).toMatchObject({ code: null, signal: "SIGINT" });
    expect(result.elapsedMs).toBeLessThan(2000);
  });

  test.each(["on", "once"])("a program that listens itself (%s) decides how it ends", async (how) => {
    const dir = temporaryFolder();
    const child = await startChild(
      `process.${how}("SIGTERM", () => setTimeout(() => process.exit(9), 200));
       pipeline.push(span(1)); ${HOUR} console.log("ready");`,
      { LLMOBS_DIR: dir },
    );
    await child.ready;
    child.process.kill("SIGTERM");
    expect(await child.ended).toMatchObject({ code: 9, signal: null, stderr: "" });
    expect(readLines(dir)).toEqual([spanLine(1)]);
  });

  test("a listener older than ours counts as well", async () => {
    const dir = temporaryFolder();
    const child = await startChild(
      `unwatch();
       process.once("SIGTERM", () => setTimeout(() => process.exit(9), 200));
       watchProcessExit(pipeline, settings);
       pipeline.push(span(1)); ${HOUR} console.log("ready");`,
      { LLMOBS_DIR: dir },
    );
    await child.ready;
    child.process.kill("SIGTERM");
    expect(await child.ended).toMatchObject({ code: 9, signal: null });
  });

  test("a program that listens and goes on, goes on", async () => {
    const dir = temporaryFolder();
    const child = await startChild(
      `process.on("SIGHUP", () => setTimeout(() => { pipeline.push(span(2)); process.exitCode = 4; clearInterval(hour); }, 200));
       const hour = ${HOUR} pipeline.push(span(1)); console.log("ready");`,
      { LLMOBS_DIR: dir },
    );
    await child.ready;
    child.process.kill("SIGHUP");
    expect(await child.ended).toMatchObject({ code: 4, signal: null });
    expect(readLines(dir)).toEqual([spanLine(1), spanLine(2)]);
  });

  test("beside the library signal-exit neither waits for the other for ever", async () => {
    const dir = temporaryFolder();
    // What its version 4 does with a signal, in short.
    const child = await startChild(
      `const emitter = { count: 1 };
       Object.defineProperty(globalThis, Symbol.for("signal-exit emitter"), { value: emitter });
       const listener = () => {
         if (process.listeners("SIGTERM").length !== emitter.count) return;
         process.off("SIGTERM", listener);
         console.log("cleaned up");
         process.kill(process.pid, "SIGTERM");
       };
       process.on("SIGTERM", listener);
       pipeline.push(span(1)); ${HOUR} console.log("ready");`,
      { LLMOBS_DIR: dir },
    );
    await child.ready;
    child.process.kill("SIGTERM");
    const result = await child.ended;
    expect(result).toMatchObject({ code: null, signal: "SIGTERM" });
    expect(result.stdout).toContain("cleaned up");
    expect(result.elapsedMs).toBeLessThan(2000);
    expect(readLines(dir)).toEqual([spanLine(1)]);
  });
});

describe("the listeners", () => {
  test("there is one set, and uninstalling takes it away", async () => {
    const child = await startChild(
      `const names = ["beforeExit", "exit", "SIGTERM", "SIGINT", "SIGHUP"];
       const counts = () => names.map((name) => process.listenerCount(name));
       const first = counts();
       const again = watchProcessExit(pipeline, settings);
       const second = counts();
       unwatch();
       const third = counts();
       again();
       console.log(JSON.stringify([first, second, third, counts()]));`,
      {},
    );
    const [first, second, third, last]: number[][] = JSON.parse((await child.ended).stdout);
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    expect(last).toEqual(first?.map((count) => count - 1));
  });

  test("in a worker thread spans leave with the thread", async () => {
    const dir = join(temporaryFolder(), "spans");
    const child = await startChild(
      `import { Worker, isMainThread } from "node:worker_threads";
       if (isMainThread) {
         unwatch();
         const worker = new Worker(new URL(import.meta.url));
         const code = await new Promise((resolve) => worker.on("error", console.error).on("exit", resolve));
         console.log("worker", code);
       } else {
         pipeline.push(span(1));
         setTimeout(() => { pipeline.push(span(2)); process.exit(5); }, 100);
       }`,
      { LLMOBS_DIR: dir },
    );
    expect(await child.ended).toMatchObject({ code: 0, stdout: "worker 5\n", stderr: "" });
    expect(readLines(dir)).toEqual([spanLine(1), spanLine(2)]);
    expect(spanFiles(dir)).toHaveLength(1);
  });
});
