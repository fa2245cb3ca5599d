import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FilesExporter, MAX_FILE_BYTES } from "../src/export/files.js";
import { pruneSpanFiles } from "../src/export/span-file-pruning.js";
import { Reporter } from "../src/report.js";
import { startChild } from "./child-program.js";
import { ListeningReporter } from "./listening-reporter.js";
import { batchOf, spanBatch, spanJson } from "./sample-record.js";
import { readLines, spanFiles } from "./span-folder.js";
import { temporaryFolder } from "./temporary-folder.js";

const MIB = 1_048_576;

describe("the format", () => {
  test("a line a record, named by its type, in a file named by time, process and chance", async () => {
    const dir = join(temporaryFolder(), "a", "b");
    const reporter = new Reporter();
    const exporter = new FilesExporter(dir, reporter);
    await exporter.send(
      batchOf([
        ["start", '{"a":1}'],
        ["span", '{"a":2}'],
      ]),
    );
    expect(await exporter.send(batchOf([["evaluation", '{"b":3}']]))).toEqual({ result: "delivered" });
    const [name = ""] = spanFiles(dir);
    expect(name).toMatch(new RegExp(`^spans-\\d{8}T\\d{9}Z-${process.pid}-[0-9a-z]{8}\\.ndjson$`));
    expect(readFileSync(join(dir, name), "utf8")).toBe(
      '{"v":1,"type":"start","event":{"a":1}}\n{"v":1,"type":"span","event":{"a":2}}\n{"v":1,"type":"evaluation","metric":{"b":3}}\n',
    );
  });

  test("nothing is created before there is something to write", () => {
    const dir = join(temporaryFolder(), "new");
    new FilesExporter(dir, new Reporter()).close();
    expect(existsSync(dir)).toBe(false);
  });

  test("only the owner may read, and git does not see it", () => {
    const dir = join(temporaryFolder(), "new");
    new FilesExporter(dir, new Reporter()).leave(spanBatch(1));
    const [name = ""] = spanFiles(dir);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dir, ".gitignore"), "utf8")).toBe("*\n");
  });

  test("a .gitignore that is there stays", () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, ".gitignore"), "mine\n");
    new FilesExporter(dir, new Reporter()).leave(spanBatch(1));
    expect(readFileSync(join(dir, ".gitignore"), "utf8")).toBe("mine\n");
  });

  test("in a folder with other things only our files are hidden from git", () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, "index.ts"), "");
    new FilesExporter(dir, new Reporter()).leave(spanBatch(1));
    expect(readFileSync(join(dir, ".gitignore"), "utf8")).toBe("spans-*.ndjson\nunsent-*.ndjson\n");
  });
});

describe("bounds", () => {
  test("a file is left before it passes its size", () => {
    const dir = temporaryFolder();
    const exporter = new FilesExporter(dir, new Reporter());
    for (let i = 0; i < 40; i++) exporter.leave(batchOf([["span", spanJson(i, MIB)]]));
    const sizes = spanFiles(dir).map((name) => statSync(join(dir, name)).size);
    expect(sizes).toHaveLength(2);
    for (const size of sizes) expect(size).toBeLessThanOrEqual(MAX_FILE_BYTES);
    expect(readLines(dir)).toHaveLength(40);
  });

  test("the oldest files go while the folder holds too much, and those past their age", () => {
    const dir = temporaryFolder();
    const daysAgo = (name: string, days: number, bytes: number) => {
      const path = join(dir, name);
      writeFileSync(path, "");
      truncateSync(path, bytes);
      const time = Date.now() / 1000 - days * 86_400;
      utimesSync(path, time, time);
    };
    daysAgo("spans-old.ndjson", 15, 10);
    daysAgo("spans-young.ndjson", 13, 10);
    daysAgo("spans-big-1.ndjson", 3, 300 * MIB);
    daysAgo("spans-big-2.ndjson", 2, 300 * MIB);
    daysAgo("spans-new.ndjson", 1, 10);
    daysAgo("notes.ndjson", 90, 10);
    daysAgo("spans-notes.txt", 90, 10);
    mkdirSync(join(dir, "spans-folder.ndjson"));
    new FilesExporter(dir, new Reporter()).leave(spanBatch(1));
    const own = readdirSync(dir).filter((name) => name.includes(`-${process.pid}-`));
    expect(own).toHaveLength(1);
    expect(readdirSync(dir).sort()).toEqual(
      [
        ".gitignore",
        "notes.ndjson",
        "spans-big-2.ndjson",
        "spans-folder.ndjson",
        "spans-new.ndjson",
        "spans-notes.txt",
        ...own,
      ].sort(),
    );
  });

  test("the file being written stays, even where it is the oldest", () => {
    const dir = temporaryFolder();
    const paths = ["spans-1.ndjson", "spans-2.ndjson", "spans-3.ndjson"].map((name) => join(dir, name));
    const [current = ""] = paths;
    for (const [index, path] of paths.entries()) {
      writeFileSync(path, "");
      truncateSync(path, 300 * MIB);
      utimesSync(path, index + 1, index + 1);
    }
    pruneSpanFiles(dir, current, 4000);
    expect(spanFiles(dir)).toEqual(["spans-1.ndjson"]);
  });
});

describe("trouble", () => {
  test("a path that cannot be: counted, said once with the path, never thrown", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    const dir = join(file, "sub");
    const reporter = new ListeningReporter();
    const exporter = new FilesExporter(dir, reporter);
    const outcome = await exporter.send(spanBatch(1, 2));
    expect(outcome).toMatchObject({ result: "refused", reason: expect.stringContaining(dir) });
    expect(outcome).toMatchObject({ reason: expect.stringContaining("ENOTDIR") });
    expect(await exporter.send(spanBatch(3))).toEqual(outcome);
    expect([exporter.leave(spanBatch(4)), exporter.leave(spanBatch(5))]).toEqual(["lost", "lost"]);
    exporter.close();
    expect(reporter.said).toEqual([expect.stringContaining(dir)]);
  });

  test("it works again once the path can be", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    const exporter = new FilesExporter(join(file, "sub"), new ListeningReporter());
    expect(await exporter.send(spanBatch(1))).toMatchObject({ result: "refused" });
    rmSync(file);
    expect(await exporter.send(spanBatch(2))).toEqual({ result: "delivered" });
    expect(readLines(join(file, "sub"))).toHaveLength(1);
  });

  test("a folder removed while running is made again, and nothing is lost", async () => {
    const dir = join(temporaryFolder(), "spans");
    const exporter = new FilesExporter(dir, new Reporter());
    await exporter.send(spanBatch(1));
    rmSync(dir, { recursive: true });
    expect(await exporter.send(spanBatch(2))).toEqual({ result: "delivered" });
    expect(await exporter.send(spanBatch(3))).toEqual({ result: "delivered" });
    expect(readLines(dir)).toMatchObject([{ event: { span_id: "2" } }, { event: { span_id: "3" } }]);
    expect(spanFiles(dir)).toHaveLength(1);
  });

  test("a write that fails halfway leaves neither a torn line nor an empty file", async () => {
    const dir = temporaryFolder();
    // A limit on the size of files stands in for a full disk: the write takes some bytes, then fails with EFBIG.
    const child = await startChild(
      `
      process.on("SIGXFSZ", () => {});
      const event = (id: number, bytes: number) =>
        ({ ...span(id), encode: () => JSON.stringify({ span_id: String(id), pad: "x".repeat(bytes) }) });
      for (const [id, bytes] of [[1, 100], [2, 200_000], [3, 100]] as const) {
        pipeline.push(event(id, bytes));
        await pipeline.flush();
      }
      console.log(JSON.stringify(reporter.counters));
      `,
      { LLMOBS_DIR: dir },
      "ulimit -f 64",
    );
    const { stdout, stderr, code } = await child.ended;
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining("EFBIG") });
    expect(JSON.parse(stdout)).toMatchObject({ exported: 2, droppedExport: 1, internalErrors: 0 });
    expect(readLines(dir)).toMatchObject([{ event: { span_id: "1" } }, { event: { span_id: "3" } }]);
    for (const name of spanFiles(dir)) expect(statSync(join(dir, name)).size).toBeGreaterThan(0);
  });
});

describe("several processes", () => {
  test("two on one folder write a file each, every line whole", async () => {
    const dir = join(temporaryFolder(), "shared");
    const program = `
      for (let i = 0; i < 3000; i++) pipeline.push(span(i));
      await pipeline.shutdown();
    `;
    const children = await Promise.all([1, 2].map(() => startChild(program, { LLMOBS_DIR: dir })));
    for (const { ended } of children) expect(await ended).toMatchObject({ code: 0, stderr: "" });
    expect(spanFiles(dir)).toHaveLength(2);
    expect(readLines(dir)).toHaveLength(6000);
  });

  test("kill -9 leaves whole lines of all that was flushed", async () => {
    const dir = temporaryFolder();
    const child = await startChild(
      `
      for (let i = 0; i < 100; i++) pipeline.push(span(i));
      await pipeline.flush();
      console.log("ready");
      setInterval(() => {}, 1000);
      `,
      { LLMOBS_DIR: dir },
    );
    await child.ready;
    child.process.kill("SIGKILL");
    expect(await child.ended).toMatchObject({ signal: "SIGKILL" });
    expect(readLines(dir)).toHaveLength(100);
  });
});
