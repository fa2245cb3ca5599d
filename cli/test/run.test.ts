import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, finished, project, spanRecords, start } from "./project.js";

const APP = `import { add } from "./add.js";
/** @llmobs workflow sessionId={user} */
export async function answer(question: string, user: string) {
  await add(1, 2);
  return question.toUpperCase();
}
/** @llmobs tool */
function broken(): never {
  throw new TypeError("no \\u001b[31mway");
}
console.log(await answer(process.argv[2] ?? "hi", "u-1"));
try { broken() } catch {}
`;
const ADD = "/** @llmobs task */\nexport const add = async (a: number, b: number) => a + b;\n";

test("runs TypeScript and prints the trace tree on stderr", async () => {
  const folder = project({ "app.ts": APP, "add.ts": ADD });
  const { code, stdout, stderr } = await cli(folder, ["run", "app.ts", "hello", "--flag"]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "HELLO\n" });
  expect(stderr).toMatch(
    /trace [0-9a-f]{32} {2}session u-1 {2}2 spans\nworkflow answer +[\d.]+ ms +app\.ts:3\n└─ task add +[\d.]+ ms +add\.ts:2\n/,
  );
  expect(stderr).toMatch(/1 span {2}1 error\ntool broken +[\d.]+ ms +app\.ts:8 +TypeError: no \\u\{1b\}\[31mway\n/);
  expect(stderr).toContain("spans are in .llmobs");
  expect(stderr).not.toContain("\u001b");
  expect(spanRecords(join(folder, ".llmobs"))).toHaveLength(3);
});

test("files are private and ignored by git", async () => {
  const folder = project({ "app.ts": APP, "add.ts": ADD });
  await cli(folder, ["run", "--dir", "traces", "app.ts"]);
  expect(statSync(join(folder, "traces")).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(folder, "traces", ".gitignore"), "utf8").trim()).toBe("*");
});

describe("the program stays as it is", () => {
  test("arguments, stdin, exit code", async () => {
    const folder = project({
      "app.ts": `let text = ""; for await (const chunk of process.stdin) text += chunk;
        console.log(JSON.stringify([process.argv.slice(2), text])); process.exitCode = 7;`,
    });
    const child = start(folder, ["run", "app.ts", "--help", "-x", "--", "--dir"]);
    const { code, stdout } = await finished(child, "from stdin");
    expect({ code, stdout }).toEqual({ code: 7, stdout: '[["--help","-x","--","--dir"],"from stdin"]\n' });
  });

  test("an uncaught error", async () => {
    const folder = project({ "app.ts": `/** @llmobs task */ function f(): void { throw new Error("boom") }\nf();` });
    const { code, stderr } = await cli(folder, ["run", "app.ts"]);
    expect(code).toBe(1);
    expect(stderr).toContain("Error: boom");
    expect(stderr).toMatch(/app\.ts:1:/);
    expect(spanRecords(join(folder, ".llmobs"))).toMatchObject([{ event: { name: "f", status: "error" } }]);
  });

  test("process.exit right after a span", async () => {
    const folder = project({ "app.ts": "/** @llmobs task */ function f() {}\nf(); process.exit(3);" });
    expect(await cli(folder, ["run", "app.ts"])).toMatchObject({ code: 3 });
    expect(spanRecords(join(folder, ".llmobs"))).toHaveLength(1);
  });

  test.each(["SIGTERM", "SIGINT"] as const)(
    "dies of %s as it would alone, and what was finished is kept",
    async (signal) => {
      const folder = project({
        "app.ts": "/** @llmobs task */ function f() {}\nf(); console.log('up'); setInterval(() => {}, 1000);",
      });
      const child = start(folder, ["run", "app.ts"]);
      child.stdout?.once("data", () => child.kill(signal));
      const { code, signal: died, stderr } = await finished(child);
      expect({ code, died }).toEqual({ code: null, died: signal });
      expect(stderr).toContain("task f");
    },
  );

  test("handles a signal itself", async () => {
    const folder = project({
      "app.ts":
        "process.on('SIGTERM', () => { console.log('bye'); process.exit(5) }); console.log('up'); setInterval(() => {}, 1000);",
    });
    const child = start(folder, ["run", "app.ts"]);
    child.stdout?.once("data", () => child.kill("SIGTERM"));
    expect(await finished(child)).toMatchObject({ code: 5, stdout: "up\nbye\n" });
  });
});

test("spans finished before tracing was switched on anew are kept when the process exits", async () => {
  const folder = project({
    "app.ts": `import { llmobs } from "@llmobs/runtime";
      llmobs.task({ name: "before" }, () => 1);
      llmobs.enable({ dir: "more" });
      llmobs.task({ name: "after" }, () => 1);
      process.exit(0);`,
  });
  await cli(folder, ["run", "--dir", "first", "app.ts"]);
  const names = ["first", "more"].map((name) => spanRecords(join(folder, name)).map(({ event }) => event.name));
  expect(names).toEqual([["before"], ["after"]]);
});

test("a folder that can't be made costs the spans, not the program", async () => {
  const folder = project({ "app.ts": APP, "add.ts": ADD });
  const { code, stdout, stderr } = await cli(folder, ["run", "--dir", "/proc/nope/deeper", "app.ts"]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "HI\n" });
  expect(stderr).toContain("3 records were dropped: spans could not be written to /proc/nope/deeper");
});

test("class fields mean what tsconfig.json's target makes them", async () => {
  const folder = project({
    "tsconfig.json": '{ "compilerOptions": { "target": "ES2020" } }',
    "app.ts": "class P { y = this.x + 1; constructor(private x: number) {} }\nconsole.log(new P(1).y);",
  });
  expect((await cli(folder, ["run", "app.ts"])).stdout).toBe("2\n");
});

describe("where spans go", () => {
  test("only to files, whatever else the environment asks for", async () => {
    const folder = project({ "app.ts": APP, "add.ts": ADD });
    const { stderr } = await cli(folder, ["run", "app.ts"], {
      DD_LLMOBS_ML_APP: "x",
      DD_API_KEY: "k",
      LLMOBS_DIR: "spans",
    });
    expect(stderr).toContain("spans are in spans");
    expect(existsSync(join(folder, ".llmobs"))).toBe(false);
  });

  test("nowhere when tracing is switched off", async () => {
    const folder = project({ "app.ts": APP, "add.ts": ADD });
    const { code, stderr } = await cli(folder, ["run", "app.ts"], { DD_LLMOBS_ENABLED: "false" });
    expect(code).toBe(0);
    expect(stderr).toContain("tracing is off: DD_LLMOBS_ENABLED is false");
    expect(existsSync(join(folder, ".llmobs"))).toBe(false);
  });
});

describe("module kinds", () => {
  test("CommonJS, ES modules, JSON, paths of tsconfig.json, extensionless and .js specifiers together", async () => {
    const folder = project({
      "package.json": "{}",
      "tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] }, "experimentalDecorators": true } }',
      "src/main.ts": `import { a } from "./a.js"; import { b } from "@/b"; import { c } from "./c";
        import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
        const dec = (t: object, k: string, d: PropertyDescriptor) => d;
        enum E { One = 1 }
        class K { constructor(private n: number) {} @dec /** @llmobs tool */ m() { return this.n + E.One } }
        console.log(a(), b(), c(), require("./d.cjs").d(), require("./e.cts").e(), new K(5).m());`,
      "src/a.ts": "/** @llmobs task */ export function a() { return 'a' }",
      "src/a.js": "export function a() { return 'stale' }",
      "src/b.mts": "export {}",
      "src/b.ts": "/** @llmobs task */ export function b() { return 'b' }",
      "src/c.ts": "/** @llmobs task */ export function c() { return 'c' }",
      "src/d.cjs": "/** @llmobs task */ exports.d = function d() { return 'd' }",
      "src/e.cts": "/** @llmobs task */ function e() { return 'e' }\nexport = { e };",
    });
    const { stdout, stderr } = await cli(folder, ["run", "src/main.ts"]);
    expect(stderr).toContain("src/e.cts:1");
    expect(stdout).toBe("a b c d e 6\n");
    expect(spanRecords(join(folder, ".llmobs")).map(({ event }) => event.name)).toEqual(["a", "b", "c", "d", "e", "m"]);
    expect(stderr).toContain("src/e.cts:1");
  });

  test("plain JavaScript, and diagnostics of a faulty tag on stderr", async () => {
    const folder = project({
      "app.js": "/** @llmobs worklow */ function f() {}\n/** @llmobs task */ function g() {}\nf(); g();",
    });
    const { code, stderr } = await cli(folder, ["run", "app.js"]);
    expect(code).toBe(0);
    expect(stderr).toContain("[llmobs] app.js:1:13 error LLMOBS1001 Unknown kind `worklow`. Did you mean `workflow`?");
    expect(stderr).toContain("task g");
  });
});

test("a file that does not parse is named with place and line", async () => {
  const folder = project({ "app.ts": "const a: number = 1;\nconst b = (;\n" });
  const { code, stderr } = await cli(folder, ["run", "app.ts"]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/app\.ts:2:12\nconst b = \(;\n {11}\^\nSyntaxError: Unexpected ";"/);
  expect(stderr).not.toContain("esbuild");
});

test("clear errors with the fix", async () => {
  const folder = project({});
  expect(await cli(folder, ["run", "none.ts"])).toMatchObject({
    code: 1,
    stderr: "error: none.ts is not a file; name the program's entry file\n",
  });
  expect((await cli(folder, ["wat"])).stderr).toMatch(/unknown command 'wat'/);
  expect(await cli(folder, ["--help"])).toMatchObject({ code: 0, stdout: expect.stringMatching(/run .*\n.*check /s) });
});
