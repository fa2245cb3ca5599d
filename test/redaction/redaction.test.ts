import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { llmobs } from "@llmobs/runtime";
import { instrument } from "@llmobs/transformer";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";

const RUNS = 400;
const KEYS = ["a", "b", "c", "0", "1", "length", "__proto__", "x-y"] as const;

const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "llmobs-redaction-"));

afterAll(async () => {
  await llmobs.shutdown();
  rmSync(folder, { recursive: true, force: true });
});

const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<unknown>(1, "text", null, true),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(fc.constantFrom(...KEYS), tie("value")), { maxLength: 3 }).map(objectOf),
  ),
})).value;

function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  const object = {};
  for (const [key, value] of entries) {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

const paths = fc.array(
  fc.array(fc.oneof(fc.constantFrom<string>(...KEYS), fc.constantFrom("*", "**")), { minLength: 1, maxLength: 4 }),
  { minLength: 1, maxLength: 4 },
);

/** Whether a path means the place that the keys lead to, read as docs/tags.md explains it. */
function means([part, ...parts]: readonly string[], [key, ...keys]: readonly string[]): boolean {
  if (part === undefined) return key === undefined;
  if (part === "**")
    return (
      means(parts, key === undefined ? [] : [key, ...keys]) || (key !== undefined && means([part, ...parts], keys))
    );
  return key !== undefined && (part === "*" || part === key) && means(parts, keys);
}

function hidden(value: unknown, at: readonly string[], all: readonly (readonly string[])[]): unknown {
  if (all.some((path) => means(path, at))) return "[redacted]";
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => hidden(item, [...at, String(index)], all));
  return objectOf(Object.entries(value).map(([key, item]) => [key, hidden(item, [...at, key], all)]));
}

function traced(source: string): { f?: (a: unknown, b: unknown) => unknown } {
  const { code, diagnostics } = instrument(source, { filename: "random.cjs", format: "commonjs" });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const exported = {};
  // The program is made up here.
  new Function("exports", "require", code)(exported, require);
  return exported;
}

/** Values as the wire has them: text as it is, all else as JSON. */
const onWire = (value: unknown) => ({ value: typeof value === "string" ? value : JSON.stringify(value) });

interface Line {
  readonly type: string;
  readonly event: {
    readonly name: string;
    readonly meta: { readonly input: unknown; readonly output: unknown };
  };
}

/** The finished spans by name. */
function recorded(): ReadonlyMap<string, Line["event"]["meta"]> {
  const lines = readdirSync(folder)
    .filter((file) => file.endsWith(".ndjson"))
    .flatMap((file) => readFileSync(join(folder, file), "utf8").trimEnd().split("\n"))
    .map((line): Line => JSON.parse(line));
  return new Map(lines.filter(({ type }) => type === "span").map(({ event }) => [event.name, event.meta]));
}

test("what compiled paths hide is what reading them step by step would hide", async () => {
  // Nothing is to be looked for on the network.
  process.env.LLMOBS_EXPORTERS = "files";
  llmobs.enable({ dir: folder });
  const seed = Date.now();
  const samples = fc.sample(fc.tuple(paths, values, values), { numRuns: RUNS, seed });
  for (const [index, [all, first, second]] of samples.entries()) {
    const redact = all.map((parts) => parts.join(".")).join(", ");
    const { f } = traced(`/** @llmobs task name="${index}" redact="${redact}" */ exports.f = (a, b) => b;`);
    const before = JSON.stringify([first, second]);
    expect(f?.(first, second)).toBe(second);
    // The program's own values stay as they are.
    expect(JSON.stringify([first, second])).toBe(before);
  }
  await llmobs.flush();
  const spans = recorded();
  for (const [index, [all, a, b]] of samples.entries()) {
    const { input, output } = spans.get(String(index)) ?? {};
    const expected = { input: onWire(hidden({ a, b }, [], all)), output: onWire(hidden(b, [], all)) };
    expect({ seed, all, input, output }).toEqual({ seed, all, ...expected });
  }
  expect(llmobs.stats()).toMatchObject({ internalErrors: 0 });
}, 120_000);
