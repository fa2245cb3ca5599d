import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { types } from "node:util";
import { llmobs } from "@llmobs/runtime";
import { instrument } from "@llmobs/transformer";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { PROGRAM } from "./hostile-program.js";
import { type Recipe, recipes, written } from "./hostile-values.js";

/** More of them with LLMOBS_PROGRAMS=20000. */
const VALUES = Number(process.env.LLMOBS_PROGRAMS ?? 60);

const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "llmobs-hostile-"));
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);

beforeAll(() => {
  // What is left out of annotations is said there.
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  // Nothing is to be looked for on the network.
  process.env.LLMOBS_EXPORTERS = "files";
  llmobs.enable({ dir: folder, mlApp: "test" });
  process.on("unhandledRejection", note);
});

afterAll(async () => {
  vi.restoreAllMocks();
  process.off("unhandledRejection", note);
  await llmobs.shutdown();
  rmSync(folder, { recursive: true, force: true });
});

type Forms = Readonly<Record<string, (value: unknown) => unknown>>;

function formsOf(code: string): Forms {
  const exported: { forms: Forms } = { forms: {} };
  new Function("exports", "require", code)(exported, require);
  return exported.forms;
}

const original = formsOf(PROGRAM);
const { code, sites } = instrument(PROGRAM, { filename: "hostile.cjs", format: "commonjs" });
const traced = formsOf(code);

/** What a caller sees of a call and of what it gives, steps and promises included. */
async function observe(call: Callable, value: unknown): Promise<object> {
  unhandled.length = 0;
  const outcome = await outcomeOf(call, value);
  await turns(1);
  return { outcome, unhandled: unhandled.length };
}

async function outcomeOf(call: Callable, value: unknown): Promise<unknown> {
  let result: unknown;
  try {
    result = call(value);
  } catch (error) {
    return { thrown: await look(error, value, 0) };
  }
  return { returned: await look(result, value, 3) };
}

/** Describes without the value's own text, which may say another thing every time. */
async function look(seen: unknown, value: unknown, depth: number): Promise<unknown> {
  if ((typeof seen !== "object" && typeof seen !== "function") || seen === null) return String(seen);
  const which = isPlainPromise(seen) ? "a promise" : Object.is(seen, value) ? "the value" : kindOf(seen);
  if (depth === 0) return which;
  const parts: Record<string, unknown> = {};
  const next = (part: unknown) => look(part, value, depth - 1);
  const attempt = async (name: string, get: () => unknown) => {
    try {
      const got = await get();
      if (got !== undefined) parts[name] = await next(got);
    } catch (error) {
      parts[name] = { threw: await look(error, value, 0) };
    }
  };
  const take = (name: string, key: PropertyKey, use: (member: Callable) => unknown) =>
    attempt(name, () => {
      const member: unknown = Reflect.get(seen, key);
      return typeof member === "function" ? use((...given) => Reflect.apply(member, seen, given)) : undefined;
    });
  if (seen !== value) for (const index of [0, 1, 2]) await attempt(`${index}`, () => item(seen, index));
  await take("then", "then", (member) => settled(member, next));
  await take("step", "next", (member) => inList(member("sent")));
  await take("second step", "next", (member) => inList(member("sent")));
  await take("left", "return", (member) => inList(member("left")));
  await take("iterator", Symbol.asyncIterator, (member) => inList(member()));
  await take("reader", "getReader", (member) => inList(member()));
  return Object.keys(parts).length === 0 ? which : { which, ...parts };
}

type Callable = (...values: readonly unknown[]) => unknown;

/** In a list, so that nobody takes it for a promise. */
function item(list: object, index: number): unknown {
  return Array.isArray(list) && index < list.length ? [list[index]] : undefined;
}

const inList = (value: unknown) => [value];

/** How a thenable settles, if it does within a few turns of the event loop. */
async function settled(then: Callable, describe: (value: unknown) => Promise<unknown>): Promise<string> {
  let outcome: Promise<readonly unknown[]> = Promise.resolve(["pending"]);
  const settle = (how: string) => (value: unknown) => {
    outcome = describe([value]).then((description) => [how, description]);
  };
  then(settle("fulfilled"), settle("rejected"));
  await turns(3);
  return JSON.stringify(await outcome);
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A traced function may hand on another one in its place. */
function isPlainPromise(value: object): boolean {
  if (!types.isPromise(value) || !Reflect.ownKeys(value).every((key) => typeof key === "symbol")) return false;
  const prototype: object = Object.getPrototypeOf(value) ?? {};
  return Object.getOwnPropertyDescriptor(prototype, Symbol.toStringTag)?.value === "Promise";
}

function kindOf(value: object): string {
  try {
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    return Object.prototype.toString.call(value);
  } catch {
    return "unreadable";
  }
}

test("the program is traced in all its forms", () => {
  expect(sites.length).toBeGreaterThanOrEqual(Object.keys(original).length);
  expect(Object.keys(traced)).toEqual(Object.keys(original));
});

/** Every form does the same with a value, traced or not, and nothing of ours fails. */
async function compare({ make }: Recipe): Promise<void> {
  const faults = llmobs.stats().internalErrors;
  for (const [name, call] of Object.entries(original)) {
    const expected = await observe(call, make());
    const actual = await observe(traced[name] ?? call, make());
    expect({ name, ...actual }).toEqual({ name, ...expected });
    expect({ name, faults: llmobs.stats().internalErrors }).toEqual({ name, faults });
  }
  await llmobs.flush();
}

test.each(written)("it is taken as it is: $name", compare);

test("no value makes a traced function behave differently, or is a trouble of ours", async () => {
  await fc.assert(fc.asyncProperty(recipes, compare), { numRuns: VALUES, verbose: 1 });
  expect(llmobs.stats()).toMatchObject({ internalErrors: 0, droppedExport: 0, droppedQueueFull: 0 });
}, 1_800_000);

/** What programs and their libraries replace at run time. */
const REPLACEABLE = [
  ["Array", Array],
  ["Array.prototype", Array.prototype],
  ["Date", Date],
  ["Error", Error],
  ["JSON", JSON],
  ["Map.prototype", Map.prototype],
  ["Math", Math],
  ["Number", Number],
  ["Object", Object],
  ["Object.prototype", Object.prototype],
  ["performance", Object.getPrototypeOf(performance)],
  ["Promise", Promise],
  ["Promise.prototype", Promise.prototype],
  ["Reflect", Reflect],
  ["RegExp.prototype", RegExp.prototype],
  ["Set.prototype", Set.prototype],
  ["String.prototype", String.prototype],
  ["WeakMap.prototype", WeakMap.prototype],
] as const;

/** Forms that end when their call or step does, and whose original asks nothing of these. */
const SELF_CONTAINED: ReadonlySet<string> = new Set([
  "returns",
  "returnsFresh",
  "throws",
  "yields",
  "throwsInStep",
  "model",
  "modelChunks",
  "retrieves",
  "annotates",
  "annotatesResult",
  "calls",
  "callsModel",
  "callsSuper",
  "callsIt",
  "callsItIfThere",
  "blocks",
  "blockThrows",
]);

describe.each(REPLACEABLE)("a program that replaces functions of %s by broken ones", (_, holder) => {
  const { defineProperty, getOwnPropertyDescriptor } = Object;
  const replaced = Reflect.ownKeys(holder).filter((key) => {
    const property = getOwnPropertyDescriptor(holder, key);
    return key !== "constructor" && property?.configurable === true && typeof property.value === "function";
  });

  /** Broken while it runs. */
  function during(key: PropertyKey, run: () => unknown): { readonly value?: unknown; readonly thrown?: unknown } {
    const before = getOwnPropertyDescriptor(holder, key);
    const broken = {
      ...before,
      value() {
        throw broken;
      },
    };
    defineProperty(holder, key, broken);
    try {
      return { value: run() };
    } catch (thrown) {
      return { thrown: thrown === broken ? "the broken one was called" : thrown };
    } finally {
      defineProperty(holder, key, before ?? {});
    }
  }

  test.each(replaced)("%s: a traced call does the same", (key) => {
    const value = { text: "x", list: [1] };
    const before = llmobs.stats();
    for (const [name, call] of Object.entries(original)) {
      if (!SELF_CONTAINED.has(name)) continue;
      const outcomes = (form: Callable) => {
        const called = during(key, () => form(value));
        const isGenerator = types.isGeneratorObject(called.value);
        const next = isGenerator ? Reflect.get(called.value, "next") : undefined;
        const step = () => during(key, () => next?.call(called.value));
        return isGenerator ? [step(), step(), step()] : called;
      };
      expect({ name, outcome: outcomes(traced[name] ?? call) }).toEqual({ name, outcome: outcomes(call) });
    }
    const { started, finished } = llmobs.stats();
    expect(finished - before.finished).toBe(started - before.started);
  });
});
