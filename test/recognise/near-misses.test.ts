import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../runtime/src/json.js";
import type { Recognised } from "../../runtime/src/recognise/recogniser.js";
import { recogniseArguments } from "../../runtime/src/recognise/request.js";
import { readDocuments } from "../../runtime/src/recognise/search-results.js";
import { RECOGNISERS, recogniseChunks, recogniseResult } from "../../runtime/src/recognise/table.js";
import { SAMPLES, STREAMS } from "./samples.js";

const whoKnows = (value: JsonObject): readonly string[] =>
  RECOGNISERS.flatMap(({ name, result }) => (result(value) === undefined ? [] : [name]));

const whoKnowsStream = (values: readonly JsonObject[]): readonly string[] =>
  RECOGNISERS.flatMap(({ name, chunks }) => (chunks?.(values) === undefined ? [] : [name]));

const samples = fc.constantFrom(...SAMPLES);
const streams = fc.constantFrom(...STREAMS);
const json = fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value)));

describe("an answer", () => {
  test.each(SAMPLES.map((sample, index) => [`${sample.recogniser} ${index}`, sample] as const))(
    "of %s is known to its own recogniser alone, and not without what marks it",
    (_, { recogniser, value, needs }) => {
      expect(whoKnows(value)).toEqual([recogniser]);
      for (const path of needs) {
        expect(whoKnows(object(without(value, path.split(".")))), `without ${path}`).toEqual([]);
        const other = replaced(value, path.split("."), (was) => (typeof was === "boolean" ? 7 : true));
        expect(whoKnows(object(other)), `with another ${path}`).toEqual([]);
      }
    },
  );

  test("that loses or gains a key is never taken for another's", () => {
    fc.assert(
      fc.property(samples, samples, fc.nat(), ({ recogniser, value }, other, at) => {
        const keys = Object.keys(value);
        const key = keys[at % keys.length] ?? "";
        expect([[], [recogniser]]).toContainEqual(whoKnows(object(without(value, [key]))));
        const strange = Object.keys(other.value)[at % Object.keys(other.value).length] ?? "";
        expect([[], [recogniser]]).toContainEqual(whoKnows({ ...value, [strange]: "strange" }));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a stream", () => {
  test.each(STREAMS.map((sample, index) => [`${sample.recogniser} ${index}`, sample] as const))(
    "of %s is known to its own recogniser alone",
    (_, { recogniser, chunks }) => {
      expect(whoKnowsStream(chunks)).toEqual([recogniser]);
      // A chunk in between that is nobody's: the stream is another's.
      const strange = { strange: true };
      const [first, ...rest] = chunks;
      if (recogniser !== "ai-sdk-object" && first !== undefined) {
        expect(whoKnowsStream([first, strange, ...rest])).toEqual([]);
      }
    },
  );

  test("of two providers is nobody's", () => {
    fc.assert(
      fc.property(streams, streams, (one, other) => {
        fc.pre(one.recogniser !== other.recogniser);
        // What the AI SDK's promises come to may stand behind any chunks.
        fc.pre(other.recogniser !== "ai-sdk-object");
        expect(whoKnowsStream([...one.chunks, ...other.chunks])).toEqual([]);
      }),
    );
  });
});

test("docs/providers.md names every recogniser", () => {
  const page = readFileSync(new URL("../../docs/providers.md", import.meta.url), "utf8");
  for (const { name } of RECOGNISERS) expect(page).toContain(`\`${name}\``);
});

test("other data is nobody's", () => {
  fc.assert(
    fc.property(json, fc.array(json), (value, list) => {
      expect(recogniseResult(value)).toBeUndefined();
      expect(recogniseChunks(list)).toBeUndefined();
    }),
    { numRuns: 1000 },
  );
});

test("every key of the providers' with data of another is nobody's", () => {
  const keys = [...new Set(SAMPLES.flatMap(({ value }) => Object.keys(value)))];
  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const values = fc.oneof(scalar, fc.array(scalar), fc.dictionary(fc.string(), scalar));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...keys), values, { noNullPrototype: true }), (value) => {
      expect(whoKnows(value)).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

describe("whatever an answer holds, what is read of it is in the wire's form", () => {
  test("in results", () => {
    fc.assert(
      fc.property(samples, fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), json, ({ value }, path, strange) => {
        expectWire(recogniseResult(mutated(value, path, strange)));
      }),
      { numRuns: 3000 },
    );
  });

  test("in streams", () => {
    fc.assert(
      fc.property(streams, fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), json, ({ chunks }, path, strange) => {
        const list = mutated(chunks, path, strange);
        if (isJsonArray(list)) expectWire(recogniseChunks(list));
      }),
      { numRuns: 2000 },
    );
  });

  test("in requests and documents", () => {
    const content = fc.oneof(
      json,
      samples.map(({ value }): Json => value),
    );
    const keys = fc.constantFrom(
      "messages",
      "model",
      "input",
      "prompt",
      "contents",
      "system",
      "tools",
      "config",
      "body",
    );
    fc.assert(
      fc.property(
        fc.dictionary(keys, content, { noNullPrototype: true }),
        fc.constantFrom("llm", "embedding"),
        (value, kind) => {
          expectWire(recogniseArguments(value, kind));
          for (const document of readDocuments(value) ?? []) expect(document.text).toBeTypeOf("string");
        },
      ),
      { numRuns: 2000 },
    );
  });
});

function expectWire(recognised: Recognised | undefined): void {
  for (const message of [...(recognised?.inputMessages ?? []), ...(recognised?.outputMessages ?? [])]) {
    const { role, content, tool_calls: calls, tool_results: results, tool_id: id, ...parts } = message;
    expect(role).toBeTypeOf("string");
    if (calls === undefined && results === undefined) expect(content).toBeTypeOf("string");
    else if (content !== undefined) expect(content).toBeTypeOf("string");
    if (id !== undefined) expect(id).toBeTypeOf("string");
    for (const call of list(calls)) expect(isJsonObject(call)).toBe(true);
    for (const result of list(results)) expect(object(result).name).toBeTypeOf("string");
    for (const part of [...list(parts.image_parts), ...list(parts.audio_parts)]) {
      expect(object(part)).toEqual({ mime_type: expect.any(String), content: expect.any(String) });
    }
  }
  for (const { text } of recognised?.inputDocuments ?? []) expect(text).toBeTypeOf("string");
  for (const { name } of recognised?.toolDefinitions ?? []) expect(name).toBeTypeOf("string");
  for (const [name, value] of Object.entries(recognised?.metrics ?? {})) {
    expect(name).toMatch(/^[a-z0-9_]+$/);
    expect(value).toBeTypeOf("number");
  }
  for (const name of [recognised?.modelName, recognised?.modelProvider]) {
    if (name !== undefined) expect(name).toBeTypeOf("string");
  }
}

function list(value: Json | undefined): readonly Json[] {
  return isJsonArray(value) ? value : [];
}

function object(value: Json): JsonObject {
  return isJsonObject(value) ? value : {};
}

function without(value: Json, [key = "", ...rest]: readonly string[]): Json {
  if (rest.length > 0) return child(value, key, (inner) => without(inner, rest));
  if (isJsonArray(value)) return value.filter((_, index) => String(index) !== key);
  return Object.fromEntries(Object.entries(object(value)).filter(([name]) => name !== key));
}

function replaced(value: Json, [key = "", ...rest]: readonly string[], by: (was: Json) => Json): Json {
  return child(value, key, (inner) => (rest.length > 0 ? replaced(inner, rest, by) : by(inner)));
}

function child(value: Json, key: string, change: (inner: Json) => Json): Json {
  if (isJsonArray(value)) return value.map((item, index) => (String(index) === key ? change(item) : item));
  return Object.fromEntries(
    Object.entries(object(value)).map(([name, item]) => [name, name === key ? change(item) : item]),
  );
}

/** The value with something else at a place that the numbers lead to, as deep as it goes. */
function mutated(value: Json, [at = 0, ...rest]: readonly number[], by: Json): Json {
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const key = keys[at % keys.length];
  if (key === undefined) return by;
  return child(value, key, (inner) => (rest.length === 0 ? by : mutated(inner, rest, by)));
}
