// Builds examples/support-bot with the TypeScript compiler and with esbuild, runs both builds, and compares their traces.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const app = join(root, "examples/support-bot");
const cli = join(root, "cli/dist/main.js");
const tspc = join(dirname(createRequire(import.meta.url).resolve("ts-patch/package.json")), "bin/tspc.js");

const colours = process.stderr.isTTY && !process.env.NO_COLOR;
const bold = (text) => (colours ? `\x1b[1m${text}\x1b[22m` : text);

const builds = [
  { name: "tspc", title: "the TypeScript compiler", command: [tspc, "-p", app] },
  { name: "esbuild", title: "esbuild", command: [join(app, "build.mjs")] },
].map((build) => ({
  ...build,
  main: join(app, "dist", build.name, "main.js"),
  spans: join(app, ".llmobs", build.name),
}));

try {
  for (const build of builds) {
    rmSync(dirname(build.main), { recursive: true, force: true });
    step(`Building examples/support-bot with ${build.title}`);
    node(build.command);
  }
  for (const build of builds) {
    rmSync(build.spans, { recursive: true, force: true });
    step(`Running what ${build.title} built`);
    node([cli, "run", build.main], {
      LLMOBS_DIR: build.spans,
      DD_LLMOBS_ML_APP: "support-bot",
      OPENAI_BASE_URL: "", // the stand-in model, whatever this shell points at
    });
  }
  compare(builds);
  step("Both builds gave the same traces. The spans, one JSON object a line, are in");
  for (const build of builds) console.error(`  ${relative(process.cwd(), build.spans) || "."}`);
} catch (error) {
  console.error(`demo: ${error.message}`);
  process.exitCode = 1;
}

function step(text) {
  console.error(`\n${bold(text)}`);
}

function node(args, env = {}) {
  const { status, signal, error } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: "inherit",
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${relative(root, args[0])} ended with ${signal ?? `exit code ${status}`}`);
}

function compare([first, second]) {
  const [expected, actual] = [treeOf(first.spans), treeOf(second.spans)];
  if (expected === "") throw new Error(`${first.title} gave a build that wrote no spans`);
  if (expected === actual) return;
  throw new Error(`the two builds gave different traces.\n\n${first.name}:\n${expected}\n\n${second.name}:\n${actual}`);
}

/** The kinds and names of all spans of a run, indented by depth, in the order they started. */
function treeOf(folder) {
  const spans = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => file.endsWith(".ndjson"))
    .flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n"))
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line))
    .filter((record) => record.type === "span")
    .map((record) => record.event)
    .sort((a, b) => a.start_ns - b.start_ns);
  const ids = new Set(spans.map((span) => span.span_id));

  const lines = (children, depth) =>
    children.flatMap((span) => [
      `${"  ".repeat(depth)}${span.meta["span.kind"]} ${span.name}`,
      ...lines(
        spans.filter((other) => other.parent_id === span.span_id),
        depth + 1,
      ),
    ]);
  const roots = spans.filter((span) => !ids.has(span.parent_id));
  return lines(roots, 0).join("\n");
}
