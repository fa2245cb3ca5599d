import { beforeAll, describe, expect, test } from "vitest";
import { buildWithAst } from "./build-ast.js";
import { buildWithText } from "./build-text.js";
import type { ModuleKind } from "./fixtures.js";
import { build, prepare, type Route, trace } from "./run.js";

/** Names that only tags use, and what a compiler might do to them: every way through both printers. */
const OPTIONS = {
  usual: {},
  isolated: { isolatedModules: true },
  verbatim: { verbatimModuleSyntax: true },
  both: { isolatedModules: true, verbatimModuleSyntax: true },
} as const;

function routes(kind: ModuleKind): readonly Route[] {
  return Object.entries(OPTIONS).flatMap(([name, options]) => {
    // Verbatim CommonJS has no `import` and `export` but TypeScript's own.
    const only =
      kind === "esm"
        ? ["tag-names"]
        : name in { usual: 1, isolated: 1 }
          ? ["tag-names", "required-names"]
          : ["required-names"];
    return [
      {
        name: `text-${kind}-${name}`,
        kind,
        only,
        build: (instrumented: boolean, folder: string) => buildWithText(kind, instrumented, folder, options, only),
      },
      {
        name: `AST-${kind}-${name}`,
        kind,
        only,
        build: (instrumented: boolean, folder: string) => buildWithAst(kind, instrumented, folder, options, only),
      },
    ];
  });
}

let cache = "";

beforeAll(() => {
  cache = prepare("tag-names");
});

describe.each([...routes("esm"), ...routes("cjs")])("$name", (route) => {
  test("names that only tags use are there", async () => {
    const { on, spans } = await trace(route, build(route, cache, true));
    expect(on.stderr).not.toContain("was left out: onlyInTag");
    for (const name of route.only ?? []) {
      const { log, expectedSpans } = on.reports[name] ?? { log: ["not run"] };
      expect(log.filter((entry) => /^(?:FAILED|TIMED OUT|not run)/.test(entry))).toEqual([]);
      expect(spans[name]?.tree).toBe(expectedSpans?.trim());
    }
  }, 60_000);
});
