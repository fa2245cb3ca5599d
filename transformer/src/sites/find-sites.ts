import type { Node } from "oxc-parser";
import type { DiagnosticList } from "../diagnostics/diagnostic.js";
import { findDirectives } from "../directive/find-directives.js";
import type { ParsedFile } from "../parse.js";
import type { SourceText } from "../source-text.js";
import { type AttachedDirective, attach } from "./attach.js";
import { blockSite } from "./block-site.js";
import { callSite } from "./call-site.js";
import type { FoundSite } from "./found-site.js";
import { functionSite } from "./function-site.js";
import { beginsCall, ignoredRanges } from "./ignored.js";
import { implementation } from "./overload.js";
import type { FileFacts, SiteContext } from "./site-context.js";
import type { BlockTarget, CallTarget, FunctionTarget } from "./target.js";

/** The traced places of a file, in source order. Whatever a tag can't do is reported and left alone. */
export function findSites(
  source: SourceText,
  file: string,
  parsed: ParsedFile,
  facts: FileFacts,
  diagnostics: DiagnosticList,
): readonly FoundSite[] {
  const directives = findDirectives(source.text, parsed, diagnostics);
  if (directives.some(({ directive }) => directive.type === "ignore-file")) {
    diagnostics.silence({ start: 0, end: source.text.length });
    return [];
  }
  const attached = attach(parsed.program, directives);
  const ignored = ignoredRanges(parsed.program, attached);
  for (const range of ignored) diagnostics.silence(range);
  const taken = new Map<Node, FoundSite | undefined>();
  for (const tag of attached) {
    if (tag.directive.type === "ignore" && beginsCall(parsed.program, tag.anchor)) continue;
    const tagged = taggedPlace(tag, diagnostics);
    if (tagged === undefined) continue;
    const { node } = tagged;
    if (taken.has(node)) {
      diagnostics.add("LLMOBS1011", tag.start, tag.end, { what: tagged.type });
      continue;
    }
    const { directive, start, end } = tag;
    const isSilent = ignored.some((region) => region.start <= node.start && node.end <= region.end);
    const context = { ...directive, start, end, source, file, parsed, facts, diagnostics };
    taken.set(node, isSilent || context.type !== "trace" ? undefined : describe(tagged, context));
  }
  const sites = [...taken.values()].filter((found) => found !== undefined);
  return withUniqueIds(sites.sort((a, b) => a.node.start - b.node.start));
}

type TaggedPlace = FunctionTarget | CallTarget | BlockTarget;

function describe(tagged: TaggedPlace, context: SiteContext): FoundSite | undefined {
  switch (tagged.type) {
    case "function":
      return functionSite(tagged, context);
    case "call":
      return callSite(tagged, context);
    case "block":
      return blockSite(tagged, context);
  }
}

function taggedPlace(tag: AttachedDirective, diagnostics: DiagnosticList): TaggedPlace | undefined {
  const { target, directive, start, end } = tag;
  if (directive.type === "ignore-file") return undefined;
  // What is no function, call or block has nothing to be silent about.
  if (directive.type === "ignore" && target?.type !== "other" && target !== undefined) return undefined;
  switch (target?.type) {
    case undefined:
      diagnostics.add("LLMOBS1012", start, end, {});
      return undefined;
    case "function":
    case "call":
    case "block":
      return target;
    case "overload":
      return implementation(target, tag, diagnostics);
    case "no-body":
      diagnostics.add("LLMOBS1015", start, end, { what: target.what });
      return undefined;
    case "several-declarators":
      diagnostics.add("LLMOBS1014", start, end, {});
      return undefined;
    case "other":
      diagnostics.add("LLMOBS1013", start, end, { what: target.what });
      return undefined;
  }
}

function withUniqueIds(found: readonly FoundSite[]): readonly FoundSite[] {
  const seen = new Map<string, number>();
  return found.map((each) => {
    const count = (seen.get(each.site.id) ?? 0) + 1;
    seen.set(each.site.id, count);
    return count === 1 ? each : { ...each, site: { ...each.site, id: `${each.site.id}~${count}` } };
  });
}
