import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { llmobs } from "@llmobs/runtime";
import { instrument } from "@llmobs/transformer";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { KINDS, programs } from "./random-functions.js";

/** More of them with LLMOBS_PROGRAMS=20000. */
const PROGRAMS = Number(process.env.LLMOBS_PROGRAMS ?? 1400);

const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "llmobs-property-"));

// Nothing is to be looked for on the network.
process.env.LLMOBS_EXPORTERS = "files";

afterAll(async () => {
  await llmobs.shutdown();
  rmSync(folder, { recursive: true, force: true });
});

interface Exports {
  f?: { readonly name: string; readonly length: number };
  run?: () => unknown;
}

/** What a program did: its events, how it ended, what its function looks like. */
async function observe(code: string): Promise<readonly string[]> {
  const events: string[] = [];
  const exported: Exports = {};
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

test.each(KINDS)(
  "no random %s behaves differently when it is traced",
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(programs(kind), async (source) => {
        const { code, diagnostics, sites } = instrument(source, { filename: "random.cjs", format: "commonjs" });
        // A body that does not parse, or that declares a parameter in a way that tracing would change, is left alone.
        if (sites.length === 0) {
          expect(diagnostics.map(({ code: each }) => each)).toEqual([expect.stringMatching(/^LLMOBS10(?:19|21)$/)]);
          expect(code).toBe(source);
          return;
        }
        const original = await observe(source);
        llmobs.disable();
        expect(await observe(code)).toEqual(original);
        llmobs.enable({ dir: folder, capture: "full" });
        expect(await observe(code)).toEqual(original);
      }),
      { numRuns: Math.ceil(PROGRAMS / KINDS.length), verbose: 1 },
    );
    expect(llmobs.stats()).toMatchObject({ internalErrors: 0 });
  },
  600_000,
);
