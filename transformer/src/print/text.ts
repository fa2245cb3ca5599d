import remapping, { type SourceMapInput } from "@jridgewell/remapping";
import MagicString, { SourceMap as EncodedSourceMap } from "magic-string";
import type { ModuleFormat } from "../parse.js";
import { type Plan, runtimeImport } from "../rewrite/plan.js";
import { insertions } from "./insertions.js";
import { movePlaces, withAllLineEnds } from "./mappings.js";

/** A version 3 source map: https://tc39.es/ecma426/ */
export interface SourceMap {
  readonly version: number;
  readonly file?: string | null | undefined;
  readonly sources: readonly (string | null)[];
  readonly sourcesContent?: readonly (string | null)[] | undefined;
  readonly names: readonly string[];
  readonly mappings: string;
}

/** Carries out a plan on the text. Nothing inserted has a line end, so every line stays where it is. */
export function printText(
  source: string,
  plan: Plan,
  options: {
    readonly filename: string;
    readonly format: Exclude<ModuleFormat, "script">;
    readonly sourceMap: boolean;
    readonly inputSourceMap: SourceMap | undefined;
  },
): { readonly code: string; readonly map: SourceMap | null } {
  const text = new MagicString(source);
  for (const rewriting of plan.rewritings) {
    if (rewriting.type === "call") continue;
    for (const { start, end, name, isShorthand } of rewriting.renamings) {
      if (!isShorthand) text.update(start, end, name);
    }
  }
  const header = [runtimeImport(plan, options.format), ...plan.accessors].join(" ");
  for (const insertion of insertions(plan, `${header} `)) text.appendLeft(insertion.at, insertion.text);
  if (!options.sourceMap) return { code: text.toString(), map: null };
  const code = text.toString();
  const decoded = text.generateDecodedMap({ source: options.filename, includeContent: true, hires: "boundary" });
  const moved = plan.rewritings.flatMap((rewriting) => (rewriting.type === "call" ? (rewriting.calledAt ?? []) : []));
  movePlaces(decoded.mappings, source, moved);
  const own = new EncodedSourceMap({ ...decoded, mappings: withAllLineEnds(decoded.mappings, code, source) });
  return { code, map: chain(own, options.inputSourceMap) };
}

/** What the libraries' own map types have in common. */
type AnyMap = Omit<SourceMap, "mappings" | "version"> & { readonly mappings: unknown };

function chain(own: AnyMap, input: SourceMap | undefined): SourceMap {
  if (input === undefined) return toSourceMap(own);
  return toSourceMap(remapping([toInput(own), toInput(input)], () => null));
}

function toSourceMap({ file, sources, sourcesContent, names, mappings }: AnyMap): SourceMap {
  return {
    version: 3,
    ...(file ? { file } : {}),
    sources: [...sources],
    ...(sourcesContent ? { sourcesContent: [...sourcesContent] } : {}),
    names: [...names],
    mappings: String(mappings),
  };
}

function toInput({ sources, sourcesContent, names, mappings }: AnyMap): SourceMapInput {
  return {
    version: 3,
    sources: [...sources],
    sourcesContent: [...(sourcesContent ?? [])],
    names: [...names],
    mappings: String(mappings),
  };
}
