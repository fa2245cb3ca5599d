import { AsyncLocalStorage } from "node:async_hooks";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type EnableOptions, resolveSettings } from "../src/configuration/settings.js";
import { createPipeline, MAX_QUEUE_BYTES } from "../src/export/pipeline.js";
import { ListeningReporter } from "./listening-reporter.js";
import { loopbackServer } from "./loopback-server.js";
import { spanRecord, startRecord } from "./sample-record.js";
import { readLines, spanFiles, spanLine } from "./span-folder.js";
import { temporaryFolder } from "./temporary-folder.js";

const MIB = 1_048_576;

function pipelineFor(environment: Record<string, string>, options?: EnableOptions) {
  const reporter = new ListeningReporter();
  const settings = resolveSettings(environment, options);
  return { pipeline: createPipeline(settings, reporter), reporter, counters: reporter.counters };
}

/** Files only. */
function filesPipeline() {
  const dir = join(temporaryFolder(), "spans");
  return { dir, ...pipelineFor({ LLMOBS_DIR: dir }) };
}

describe("flush and shutdown", () => {
  test("what was pushed before is written when flush resolves", async () => {
    const { dir, pipeline, counters } = filesPipeline();
    pipeline.push(spanRecord(1));
    const flushed = pipeline.flush();
    await flushed;
    expect(readLines(dir)).toEqual([spanLine(1)]);
    expect(counters.exported).toBe(1);
    expect(pipeline.outstanding).toBe(0);
  });

  test("without flush it is written within about a second", async () => {
    const { dir, pipeline } = filesPipeline();
    pipeline.push(spanRecord(1));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(readLines(dir)).toEqual([spanLine(1)]);
  });

  test("full batches do not wait for the timer", async () => {
    const { dir, pipeline, counters } = filesPipeline();
    for (let i = 0; i < 2500; i++) pipeline.push(spanRecord(i));
    const deadline = performance.now() + 800;
    while (counters.exported < 2000 && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(readLines(dir)).toHaveLength(2000);
    await pipeline.shutdown();
    expect(readLines(dir)).toHaveLength(2500);
  });

  test("an empty flush resolves at once, and flushing twice is fine", async () => {
    const { pipeline } = filesPipeline();
    await pipeline.flush();
    pipeline.push(spanRecord(1));
    await Promise.all([pipeline.flush(), pipeline.flush()]);
    expect(pipeline.outstanding).toBe(0);
  });

  test("a stream of further records does not keep flush from resolving", async () => {
    const { pipeline } = filesPipeline();
    let running = true;
    const feed = () => {
      if (!running) return;
      for (let i = 0; i < 50; i++) pipeline.push(spanRecord(i));
      setImmediate(feed);
    };
    feed();
    const start = performance.now();
    await pipeline.flush();
    running = false;
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test("after shutdown records are dropped and counted", async () => {
    const { dir, pipeline, counters } = filesPipeline();
    pipeline.push(spanRecord(1));
    await pipeline.shutdown();
    pipeline.push(spanRecord(2));
    pipeline.push(spanRecord(3));
    await pipeline.shutdown();
    expect(readLines(dir)).toEqual([spanLine(1)]);
    expect(counters).toMatchObject({ exported: 1, droppedExport: 2 });
  });
});

describe("records", () => {
  test("order is kept; superseded starts and records that encode to null are left out", async () => {
    const { dir, pipeline, counters } = filesPipeline();
    pipeline.push(startRecord(1, true));
    pipeline.push(startRecord(2));
    pipeline.push({ ...spanRecord(0), encode: () => null });
    pipeline.push(spanRecord(1));
    await pipeline.shutdown();
    expect(readLines(dir)).toEqual([{ v: 1, type: "start", event: { span_id: "2" } }, spanLine(1)]);
    expect(counters).toMatchObject({ exported: 2, droppedExport: 0, internalErrors: 0 });
  });

  test("a record that throws costs itself only, and is counted", async () => {
    const { dir, pipeline, reporter } = filesPipeline();
    const broken = () => {
      throw new Error("broken");
    };
    pipeline.push({ ...spanRecord(1), encode: broken });
    pipeline.push(spanRecord(2));
    await pipeline.shutdown();
    expect(readLines(dir)).toEqual([spanLine(2)]);
    expect(reporter.counters).toMatchObject({ exported: 1, droppedExport: 1, internalErrors: 1 });
  });

  test("Datadog gets no start records, and for it alone they are not even encoded", async () => {
    const server = await loopbackServer();
    const { pipeline, counters } = pipelineFor({
      DD_LLMOBS_AGENTLESS_ENABLED: "0",
      DD_TRACE_AGENT_URL: server.origin,
    });
    let encoded = 0;
    pipeline.push({
      ...startRecord(1),
      encode: () => {
        encoded++;
        return "{}";
      },
    });
    expect(pipeline.outstanding).toBe(0);
    pipeline.push(spanRecord(1));
    await pipeline.shutdown();
    expect(encoded).toBe(0);
    expect(server.requests).toHaveLength(1);
    expect(counters).toMatchObject({ exported: 1, droppedExport: 0 });
  });

  test("encoding and delivery run outside the async context of whoever pushed", async () => {
    const { pipeline } = filesPipeline();
    const storage = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const record = () => ({
      ...spanRecord(1),
      encode: () => {
        seen.push(storage.getStore());
        return "{}";
      },
    });
    storage.run("request", () => pipeline.push(record()));
    await storage.run("flush", () => pipeline.flush());
    storage.run("many", () => {
      for (let i = 0; i < 600; i++) pipeline.push(record());
    });
    await pipeline.flush();
    expect(seen).toHaveLength(601);
    expect(new Set(seen)).toEqual(new Set([undefined]));
  });
});

describe("bounds", () => {
  test("the queue holds 64 MiB of weight; beyond it records are dropped, counted and said", async () => {
    const { dir, pipeline, reporter } = filesPipeline();
    for (let i = 0; i < 70; i++) pipeline.push(spanRecord(i, undefined, MIB));
    expect(reporter.counters.droppedQueueFull).toBe(70 - MAX_QUEUE_BYTES / MIB);
    expect(reporter.said).toEqual([expect.stringContaining("64 MiB wait")]);
    await pipeline.flush();
    expect(readLines(dir)).toEqual(Array.from({ length: 64 }, (_, i) => spanLine(i)));
    pipeline.push(spanRecord("later", undefined, MIB));
    await pipeline.shutdown();
    expect(readLines(dir)).toHaveLength(65);
  });

  test("a burst up to the bound loses nothing on its way to Datadog", async () => {
    const server = await loopbackServer();
    const { pipeline, counters } = pipelineFor(
      { DD_LLMOBS_AGENTLESS_ENABLED: "0", DD_TRACE_AGENT_URL: server.origin },
      { shutdownTimeoutMs: 30_000 },
    );
    const json = `"${"x".repeat(MIB - 2)}"`;
    for (let i = 0; i < 64; i++) pipeline.push(spanRecord(i, json));
    await pipeline.flush();
    expect(counters).toMatchObject({ exported: 64, droppedQueueFull: 0, droppedExport: 0 });
    await pipeline.shutdown();
  });

  test("before an intake that hangs records wait in the queue, not encoded", async () => {
    const server = await loopbackServer(() => {});
    const { pipeline, counters } = pipelineFor(
      { DD_LLMOBS_AGENTLESS_ENABLED: "0", DD_TRACE_AGENT_URL: server.origin },
      { shutdownTimeoutMs: 300 },
    );
    let encoded = 0;
    const json = `"${"x".repeat(MIB - 2)}"`;
    const encode = () => {
      encoded++;
      return json;
    };
    for (let i = 0; i < 60; i++) pipeline.push({ ...spanRecord(i, json), encode });
    await pipeline.flush();
    expect(encoded).toBe(8);
    for (let i = 0; i < 20; i++) pipeline.push({ ...spanRecord(i, json), encode });
    expect(counters).toMatchObject({ droppedQueueFull: 80 - 8 - 64, droppedExport: 0 });
    await pipeline.shutdown();
    expect(counters).toMatchObject({ exported: 0, droppedExport: 72 });
  });

  test("the event loop turns many times while a big batch is encoded", async () => {
    const { pipeline, counters } = filesPipeline();
    const encode = () => {
      const end = performance.now() + 1;
      while (performance.now() < end);
      return "{}";
    };
    for (let i = 0; i < 300; i++) pipeline.push({ ...spanRecord(i), encode });
    let turns = 0;
    let running = true;
    const turn = () => {
      turns++;
      if (running) setImmediate(turn);
    };
    setImmediate(turn);
    await pipeline.flush();
    running = false;
    expect(counters.exported).toBe(300);
    // A slice holds three or four of these.
    expect(turns).toBeGreaterThan(50);
  });
});

describe("several destinations", () => {
  test("both get every span, each counted", async () => {
    const server = await loopbackServer();
    const dir = temporaryFolder();
    const { pipeline, counters } = pipelineFor({
      LLMOBS_DIR: dir,
      DD_LLMOBS_AGENTLESS_ENABLED: "0",
      DD_TRACE_AGENT_URL: server.origin,
    });
    pipeline.push(startRecord(1));
    pipeline.push(spanRecord(1));
    await pipeline.shutdown();
    expect(readLines(dir)).toHaveLength(2);
    expect(server.requests).toHaveLength(1);
    expect(counters).toMatchObject({ exported: 3, droppedExport: 0 });
  });

  test("an intake that hangs delays no file, and what waits for it is bounded and counted", async () => {
    const server = await loopbackServer(() => {});
    const dir = temporaryFolder();
    const { pipeline, reporter } = pipelineFor(
      { LLMOBS_DIR: dir, DD_LLMOBS_AGENTLESS_ENABLED: "0", DD_TRACE_AGENT_URL: server.origin },
      { shutdownTimeoutMs: 100 },
    );
    const json = `"${"x".repeat(MIB - 200)}"`;
    for (let round = 0; round < 4; round++) {
      for (let i = 0; i < 20; i++) pipeline.push(spanRecord(i, json));
      const deadline = performance.now() + 10_000;
      while (reporter.counters.exported < 20 * (round + 1) && performance.now() < deadline) await pipeline.flush();
    }
    expect(reporter.counters).toMatchObject({ exported: 80, droppedQueueFull: 0, droppedExport: 80 - 64 });
    expect(reporter.said).toContainEqual(expect.stringContaining("Datadog exporter is more than 64 MiB behind"));
    expect(spanFiles(dir).length).toBeGreaterThan(1);
    await pipeline.shutdown();
    expect(reporter.counters).toMatchObject({ exported: 80, droppedExport: 80 - 64, spilled: 64 });
  });

  test("a folder that cannot be does not keep Datadog from its spans", async () => {
    const server = await loopbackServer();
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    const { pipeline, counters } = pipelineFor({
      LLMOBS_DIR: join(file, "sub"),
      DD_LLMOBS_AGENTLESS_ENABLED: "0",
      DD_TRACE_AGENT_URL: server.origin,
    });
    pipeline.push(spanRecord(1));
    await pipeline.shutdown();
    expect(server.requests).toHaveLength(1);
    expect(counters).toMatchObject({ exported: 1, droppedExport: 1, internalErrors: 0 });
  });

  test("nowhere to go is said and counted", async () => {
    const { pipeline, reporter } = pipelineFor({ LLMOBS_EXPORTERS: "files", DD_LLMOBS_ENABLED: "1" });
    pipeline.push(spanRecord(1));
    await pipeline.shutdown();
    expect(reporter.counters).toMatchObject({ exported: 0, droppedExport: 1 });
    expect(reporter.said).toEqual([expect.stringContaining("nowhere")]);
  });

  test("a relative folder is that of the start, even when the program moves on", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "elsewhere"));
    const before = process.cwd();
    try {
      process.chdir(folder);
      const { pipeline } = pipelineFor({ LLMOBS_DIR: "spans" });
      process.chdir("elsewhere");
      pipeline.push(spanRecord(1));
      await pipeline.shutdown();
    } finally {
      process.chdir(before);
    }
    expect(readLines(join(folder, "spans"))).toEqual([spanLine(1)]);
  });
});
