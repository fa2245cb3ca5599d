import { beforeAll, describe, expect, test } from "vitest";
import type { FixtureReport } from "./child/report.js";
import { expectedLog, staleDifferences } from "./differences.js";
import { findFixtures } from "./fixtures.js";
import { type Outcome, prepare, ROUTES, type Route, take } from "./run.js";

/**
 * Every fixture runs as it is and instrumented, with tracing off and on, through
 * both printers, as ES modules and CommonJS. What it logs must be the same, but
 * for the differences it declares; its spans must be those it expects.
 */
const outcomes = new Map<string, Outcome>();

beforeAll(async () => {
  const cache = prepare("semantics");
  for (const route of ROUTES) outcomes.set(route.name, await take(route, cache));
}, 120_000);

function outcomeOf(route: Route): Outcome {
  const outcome = outcomes.get(route.name);
  if (outcome === undefined) throw new Error(`${route.name} was not taken`);
  return outcome;
}

function reportOf(reports: Readonly<Record<string, FixtureReport>>, name: string): FixtureReport {
  const report = reports[name];
  if (report === undefined) throw new Error(`${name} was not run`);
  return report;
}

describe.each(ROUTES)("$name", (route) => {
  describe.each(findFixtures(route.kind))("$name", ({ name }) => {
    test("runs as it is", () => {
      const original = reportOf(outcomeOf(route).original, name);
      expect(original.log).not.toEqual([]);
      expect(original.log.filter((entry) => /^(?:FAILED|TIMED OUT)/.test(entry))).toEqual([]);
      expect(staleDifferences(original)).toEqual([]);
    });

    test.each(["off", "on"] as const)("behaves the same with tracing %s", (state) => {
      const outcome = outcomeOf(route);
      expect(reportOf(outcome[state], name).log).toEqual(expectedLog(reportOf(outcome.original, name), state));
    });

    test("gives the spans it expects", () => {
      const outcome = outcomeOf(route);
      expect(outcome.spans[name]?.tree).toBe(reportOf(outcome.original, name).expectedSpans?.trim());
    });
  });

  test("the runtime had no fault of its own", () => {
    expect(outcomeOf(route).stderr).not.toContain("internal fault");
  });
});

test.each(findFixtures())("both printers give $name the same spans, places included", ({ name }) => {
  const [first, ...others] = ROUTES.map((route) => outcomeOf(route).spans[name]?.withPlaces).filter(
    (tree) => tree !== undefined,
  );
  expect(first).toBeDefined();
  for (const other of others) expect(other).toBe(first);
});
