// Fills in the answers of SPEC.md's examples: what each text becomes, reaches, reports or prints. With --print to stdout instead.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { instrument } from "../transformer/dist/index.js";

const page = new URL("../SPEC.md", import.meta.url);
const COMPILED_RUNTIME = new URL("../runtime/dist/compiled.js", import.meta.url).href;

/** An example is a code block with one of these words behind its language; the block behind it is the answer. */
const EXAMPLE =
  /^```(\w+) (becomes|reaches|reports|prints)(?: file=(\S+))?\n([\s\S]*?)^```\n\n```(\w+)\n[\s\S]*?^```$/gm;

const answers = {
  becomes: (source, file) => withoutHeader(traced(source, file).code),
  reaches: (source, file) => {
    const lines = traced(source, file).sites.map(
      ({ kind, name, form, function: qualified, parameters, line }) =>
        `${line}: ${kind} ${name}, ${form} ${isInside(form) ? `in ${qualified}` : `${qualified}(${parameters.join(", ")})`}`,
    );
    return lines.length === 0 ? "nothing" : lines.join("\n");
  },
  reports: (source, file) =>
    traced(source, file)
      .diagnostics.map(
        ({ line, column, code, severity, message, hint }) =>
          `${line}:${column} ${severity} ${code}: ${message} ${hint}`,
      )
      .join("\n"),
  prints: (source) => {
    const folder = mkdtempSync(join(tmpdir(), "llmobs-spec-"));
    try {
      const untraced = run(folder, source, {});
      const { code } = traced(source, "app.mjs", COMPILED_RUNTIME);
      const lines = [
        ["untraced", untraced],
        ["off", run(folder, code, {})],
        ["on", run(folder, code, { LLMOBS_DIR: join(folder, "spans") })],
      ];
      const width = Math.max(...lines.map(([name]) => name.length)) + 1;
      return lines.map(([name, output]) => `${`${name}:`.padEnd(width)} ${output}`).join("\n");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Calls and blocks have no name of their own but that of what is around them. */
function isInside(form) {
  return form === "call" || form === "block";
}

function traced(source, file, runtime) {
  return instrument(source, { filename: file, root: ".", ...(runtime && { runtime }) });
}

/** The import and the sites' accessors stand before the first statement; one example shows them. */
function withoutHeader(code) {
  if (code.includes("// with its header")) return code;
  return code.replace(
    /(import \* as _llmobs|const _llmobs = require\().*?; (function _llmobs_site\d+\(\) \{ .*?\); \} )+/,
    "",
  );
}

function run(folder, code, env) {
  const file = join(folder, "app.mjs");
  writeFileSync(file, code);
  const { stdout, stderr, status } = spawnSync(process.execPath, [file], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, ...env },
  });
  if (status !== 0) throw new Error(`An example of SPEC.md failed:\n${code}\n${stderr}`);
  return stdout.trim().split("\n").join(", ");
}

const filled = readFileSync(page, "utf8").replace(EXAMPLE, (_, language, word, file, source, answerLanguage) => {
  const answer = answers[word](source, file ?? "app.ts").trimEnd();
  const name = file === undefined ? "" : ` file=${file}`;
  return `\`\`\`${language} ${word}${name}\n${source}\`\`\`\n\n\`\`\`${answerLanguage}\n${answer}\n\`\`\``;
});

if (process.argv.includes("--print")) process.stdout.write(filled);
else writeFileSync(page, filled);
