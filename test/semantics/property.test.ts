import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { llmobs } from "@llmobs/runtime";
import { instrument } from "@llmobs/transformer";
import fc from "fast-check";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { compileProgram } from "./build-program.js";
import { KINDS, NAMES, programs } from "./random-functions.js";

/** More of them with LLMOBS_PROGRAMS=20000. */
const PROGRAMS = Number(process.env.LLMOBS_PROGRAMS ?? 1400);

const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "llmobs-property-"));

// Nothing is to be looked for on the network.
process.env.LLMOBS_EXPORTERS = "files";

afterEach(() => vi.restoreAllMocks());

afterAll(async () => {
  await llmobs.shutdown();
  rmSync(folder, { recursive: true, force: true });
});

/** A syntax error, a parameter declared again, a call that can't be taken apart, jumps and variables of blocks. */
const REFUSALS: readonly string[] = [
  "LLMOBS1017",
  "LLMOBS1019",
  "LLMOBS1021",
  "LLMOBS1022",
  "LLMOBS1030",
  "LLMOBS1031",
];

interface Exports {
  f?: { readonly name: string; readonly length: number };
  run?: () => unknown;
}

/** What a program did: its events, how it ended, what its function looks like. */
async function observe(code: string): Promise<readonly string[]> {
  const events: string[] = [];
  const exported: Exports = {};
  for (const name of NAMES) Reflect.deleteProperty(globalThis, name);
  // A program is text by nature, and this is the one that runs it.
  new Function("exports", "require", "events", code)(exported, require, events);
  events.push(`${exported.f?.name} ${exported.f?.length}`);
  try {
    events.push(`result ${await settle(exported.run?.(), events)}`);
  } catch (error) {
    events.push(`threw ${String(error)}`);
  }
  return events;
}

/** Awaits promises and runs generators to their end, sending a value into each step. */
async function settle(value: unknown, events: string[]): Promise<string> {
  if (typeof value === "object" && value !== null && "next" in value && typeof value.next === "function") {
    for (let step = 0; step < 20; step++) {
      const { done, value: each } = await value.next(`sent ${step}`);
      events.push(`step ${String(done)} ${kindOf(each)}`);
      if (done) return "generator";
    }
    return "long generator";
  }
  return kindOf(await value);
}

function kindOf(value: unknown): string {
  return typeof value === "object" && value !== null ? "object" : String(value);
}

/** Runs a program as it is, and traced with tracing off and on: all three must do the same. */
async function compare(original: string, instrumented: string): Promise<void> {
  const expected = await observe(original);
  llmobs.disable();
  expect(await observe(instrumented)).toEqual(expected);
  llmobs.enable({ dir: folder, capture: "full" });
  expect(await observe(instrumented)).toEqual(expected);
}

test.each(KINDS)(
  "no random %s behaves differently when it is traced",
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(programs(kind), async (source) => {
        const { code, diagnostics, sites } = instrument(source, { filename: "random.cjs", format: "commonjs" });
        // What does not parse, or would mean something else, is left alone.
        expect(diagnostics.filter(({ code: each }) => !REFUSALS.includes(each))).toEqual([]);
        if (sites.length === 0) {
          expect(diagnostics).not.toEqual([]);
          expect(code).toBe(source);
          return;
        }
        await compare(source, code);
      }),
      { numRuns: Math.ceil(PROGRAMS / KINDS.length), verbose: 1 },
    );
    expect(llmobs.stats()).toMatchObject({ internalErrors: 0 });
  },
  600_000,
);

// A compiler costs more than a parser, so these are fewer.
test.each(KINDS)(
  "no random %s behaves differently when TypeScript's tree is traced",
  async (kind) => {
    // Diagnostics of what is left alone go to stderr.
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await fc.assert(
      fc.asyncProperty(programs(kind), async (source) => {
        const { sites } = instrument(source, { filename: "random.cjs", format: "commonjs" });
        fc.pre(sites.length > 0);
        const code = compileProgram(source, true);
        expect(code).toContain("_llmobs_site0()");
        await compare(compileProgram(source, false), code);
      }),
      { numRuns: Math.ceil(PROGRAMS / KINDS.length / 10), verbose: 1 },
    );
  },
  600_000,
);
