import { expect, test } from "vitest";
import { CATALOGUE, instrument } from "../src/index.js";

test.each(Object.entries(CATALOGUE).filter(([, { example }]) => example !== ""))(
  "%s: its example produces it",
  (code, { example, severity }) => {
    const { diagnostics } = instrument(example, { filename: "/project/a.ts", root: "/project", format: "commonjs" });
    expect(diagnostics).toMatchObject([{ code, severity }]);
    expect(`${diagnostics[0]?.message} ${diagnostics[0]?.hint}`).not.toMatch(/\{\w+\}|undefined/);
  },
);
