import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, project } from "./project.js";

/** Texts with a tag, and the same texts as they were before it. */
const TEXTS: readonly { readonly what: string; readonly tagged: string; readonly bare: string }[] = [
  { what: "a line", tagged: "/** @llmobs task */\nfunction f() {}\n", bare: "function f() {}\n" },
  {
    what: "an indented line with attributes over several lines",
    tagged: 'class C {\n\t/** @llmobs llm\n\t *   name="a b" metadata={{ a: "*" }}\n\t */\n\tm() {}\n}',
    bare: "class C {\n\tm() {}\n}",
  },
  { what: "before an expression", tagged: "run(/** @llmobs tool */ () => 1);", bare: "run(() => 1);" },
  {
    what: "a line of a comment",
    tagged: "/**\n * Streams.\n * @llmobs llm modelName={m}\n * @param m model\n */\nfunction f(m) {}\n",
    bare: "/**\n * Streams.\n * @param m model\n */\nfunction f(m) {}\n",
  },
  {
    what: "the last line of a comment that was one line",
    tagged: "/** Streams.\n * @llmobs llm */\nfunction f() {}\n",
    bare: "/** Streams. */\nfunction f() {}\n",
  },
  {
    what: "Windows line ends and a byte order mark",
    tagged: "\uFEFF/**\r\n * A.\r\n * @llmobs task\r\n */\r\nfunction f() {}\r\n/** @llmobs task */\r\nfunction g() {}",
    bare: "\uFEFF/**\r\n * A.\r\n */\r\nfunction f() {}\r\nfunction g() {}",
  },
  { what: "a faulty tag", tagged: "/** @llmobs wat is this */\nfunction f() {}", bare: "function f() {}" },
  {
    what: "two tags in one comment",
    tagged: "/**\n * @llmobs task\n * @llmobs tool\n */\nfunction f() {}",
    bare: "function f() {}",
  },
];

describe("--write", () => {
  test.each(TEXTS)("restores the bytes: $what", async ({ tagged, bare }) => {
    const folder = project({ "a.ts": tagged });
    expect(await cli(folder, ["untag", "--write"])).toMatchObject({ code: 0, stderr: "" });
    expect(readFileSync(join(folder, "a.ts"), "utf8")).toBe(bare);
  });

  test("leaves ignore comments, prose and every other file alone", async () => {
    const files = {
      "a.ts": "/** @llmobs ignore it is slow */\nfunction f() {}\n// not @llmobs task\n/** says @llmobs task */\n",
      "b.ts": "/** @llmobs ignore-file */\n/** @llmobs task */\nfunction f() {}\n",
    };
    const folder = project(files);
    expect((await cli(folder, ["untag", "--write"])).stdout).toContain("1 file changed of 2 looked at\n");
    expect(readFileSync(join(folder, "a.ts"), "utf8")).toBe(files["a.ts"]);
    expect(readFileSync(join(folder, "b.ts"), "utf8")).toBe("/** @llmobs ignore-file */\nfunction f() {}\n");
  });

  test("keeps the mode of a file and the link to it", async () => {
    const folder = project({ "real/a.ts": "/** @llmobs task */\nfunction f() {}" });
    chmodSync(join(folder, "real/a.ts"), 0o750);
    symlinkSync("real/a.ts", join(folder, "link.ts"));
    await cli(folder, ["untag", "--write", "link.ts"]);
    expect(readFileSync(join(folder, "link.ts"), "utf8")).toBe("function f() {}");
    expect(statSync(join(folder, "real/a.ts")).mode & 0o777).toBe(0o750);
  });
});

test("changes nothing unless told to, and prints a patch that git takes", async () => {
  const { tagged, bare } = TEXTS[1] ?? { tagged: "", bare: "" };
  const folder = project({ "src/a.ts": tagged });
  const { code, stdout } = await cli(folder, ["untag"]);
  expect(code).toBe(0);
  expect(stdout).toContain(
    'src/a.ts:2 takes @llmobs llm name="a b" metadata={{ a: "*" }} out\n--- a/src/a.ts\n+++ b/src/a.ts\n',
  );
  expect(stdout).toContain("1 file would change of 1 looked at; --write applies it, --interactive asks one by one\n");
  expect(readFileSync(join(folder, "src/a.ts"), "utf8")).toBe(tagged);

  const { changes } = JSON.parse((await cli(folder, ["untag", "--json"])).stdout);
  rmSync(join(folder, ".git"), { recursive: true });
  execFileSync("git", ["init", "-q"], { cwd: folder });
  execFileSync("git", ["apply", "-"], { cwd: folder, input: changes[0].diff });
  expect(readFileSync(join(folder, "src/a.ts"), "utf8")).toBe(bare);
});

test("--check exits with 1 as long as there is something to change", async () => {
  const folder = project({ "a.ts": "/** @llmobs task */\nfunction f() {}" });
  expect(await cli(folder, ["untag", "--check"])).toMatchObject({ code: 1 });
  await cli(folder, ["untag", "--write"]);
  expect(await cli(folder, ["untag", "--check"])).toMatchObject({
    code: 0,
    stdout: "nothing to change of 1 looked at\n",
  });
});

test("refuses a tree with uncommitted changes", async () => {
  const folder = project({ "a.ts": "/** @llmobs task */\nfunction f() {}" });
  rmSync(join(folder, ".git"), { recursive: true });
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], { cwd: folder, stdio: "pipe" });
  git("init", "-q");
  expect(await cli(folder, ["untag", "--write"])).toEqual({
    code: 1,
    signal: null,
    stdout: "",
    stderr: "error: git has uncommitted changes (a.ts and 1 more); commit them first, or pass --allow-dirty\n",
  });
  git("add", ".");
  git("commit", "-qm", "all");
  expect(await cli(folder, ["untag", "--write"])).toMatchObject({ code: 0 });
  git("checkout", "-q", ".");
  writeFileSync(join(folder, "new.txt"), "");
  expect(await cli(folder, ["untag", "--write", "--allow-dirty"])).toMatchObject({ code: 0 });
});

test("says which files it leaves alone and goes on with the others", async () => {
  const folder = project({ "good.ts": "/** @llmobs task */\nfunction f() {}", "bad.ts": "/** @llmobs task */ f( {" });
  writeFileSync(join(folder, "latin.ts"), Buffer.from("/** @llmobs task */ function f() { return 'é' }", "latin1"));
  writeFileSync(join(folder, "binary.ts"), "/** @llmobs task */\0");
  mkdirSync(join(folder, "loop"));
  symlinkSync("..", join(folder, "loop/again"));
  const { code, stdout } = await cli(folder, ["untag", "--write"]);
  expect(code).toBe(0);
  expect(stdout).toContain("bad.ts left alone: it does not parse");
  expect(stdout).toContain("latin.ts left alone: it is not UTF-8\n");
  expect(stdout).toContain("binary.ts left alone: it is binary\n");
  expect(stdout).toContain("1 file changed of 4 looked at\n");
});

test("asks one by one on a terminal only", async () => {
  const folder = project({ "a.ts": "/** @llmobs task */\nfunction f() {}" });
  expect(await cli(folder, ["untag", "--interactive"])).toMatchObject({
    code: 1,
    stderr: "error: --interactive needs a terminal; use --write to take everything\n",
  });
});
