import { array, assert, constantFrom, double, property, record, string } from "fast-check";
import { expect, test } from "vitest";
import type { TraceFilter } from "../../src/api/contract.js";
import { changeTraceFilter, readTraceFilter, writeTraceFilter } from "../../src/page/address/trace-filter.js";

const values = array(string({ minLength: 1, unit: "grapheme" }), { minLength: 1 });

test("an address gives back the filter that it was made from", () => {
  const filters = record(
    {
      search: string({ minLength: 1 }),
      tag: values,
      session: values,
      status: constantFrom<TraceFilter["status"] & object>(["ok"], ["ok", "error"], ["running"]),
      fromMs: double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
      minTokens: double({ noNaN: true, noDefaultInfinity: true, min: 0 }).map((number) => number + 0),
    },
    { requiredKeys: [] },
  );
  assert(
    property(filters, (filter) => {
      const text = writeTraceFilter(filter).toString();
      expect(readTraceFilter(new URLSearchParams(text))).toEqual({ ...filter });
    }),
  );
});

test("what is no filter is left out", () => {
  const address = new URLSearchParams("status=broken&fromMs=soon&kind=&span=1&search=");
  expect(readTraceFilter(address)).toEqual({});
});

test("an emptied filter is taken away", () => {
  expect(changeTraceFilter({ kind: ["llm"], search: "a" }, { kind: [], search: "", fromMs: undefined })).toEqual({});
});
