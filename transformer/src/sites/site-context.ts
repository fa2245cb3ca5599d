import { ancestors, type FunctionNode, type Path } from "../ast.js";
import type { DiagnosticList } from "../diagnostics/diagnostic.js";
import type { AttributeName } from "../directive/attributes.js";
import type { AttributeValue } from "../directive/directive.js";
import type { Kind } from "../directive/kinds.js";
import type { ParsedFile } from "../parse.js";
import type { Globals } from "../scope/globals.js";
import type { SourceText } from "../source-text.js";
import { isReplayed } from "./body.js";
import { checkAttributes, type ResultOfPlace } from "./check-attributes.js";
import { sentAsText } from "./sent-as-text.js";

/** What is known of a file beside its syntax. */
export interface FileFacts {
  /** It is loaded as an ES module. */
  readonly isModule: boolean;
  readonly globals: Globals;
  /** What TypeScript compiles away for its target; it finds their `super` by facts that generated code lacks. */
  readonly lowered: ReadonlySet<"generator" | "async generator">;
}

/** A tag that is to trace something, and the file it is in. */
export interface SiteContext {
  readonly kind: Kind;
  readonly attributes: ReadonlyMap<AttributeName, AttributeValue>;
  /** Bounds of the tag. */
  readonly start: number;
  readonly end: number;
  readonly source: SourceText;
  /** Relative to the root. */
  readonly file: string;
  readonly parsed: ParsedFile;
  readonly facts: FileFacts;
  readonly diagnostics: DiagnosticList;
}

/** Where a tag's expressions stand, and what `result` is there. */
interface Place {
  readonly path: Path;
  /** The tagged function, whose parameters they see. */
  readonly fn?: FunctionNode;
  readonly result: ResultOfPlace;
}

/** Whether spans can be made at a place with what the tag says; reports what is wrong. */
export function fitsPlace(context: SiteContext, { path, fn, result }: Place): boolean {
  const { attributes, diagnostics, facts, parsed, source, start, end } = context;
  const around = ancestors(path);
  if (isReplayed(fn === undefined || path.node === fn ? [path.node, ...around] : [fn, path.node, ...around])) {
    diagnostics.add("LLMOBS1018", start, end, {});
    return false;
  }
  const place = { path, fn, hasModuleSyntax: parsed.hasModuleSyntax, ...facts };
  if (!checkAttributes(attributes, place, result, diagnostics)) return false;
  const sent = sentAsText(path, source.text);
  if (sent === undefined) return true;
  diagnostics.add(sent.isCertain ? "LLMOBS1050" : "LLMOBS1051", start, end, { by: sent.by });
  return !sent.isCertain;
}

/** The name that the tag gives as text. */
export function givenName({ attributes }: SiteContext): string | undefined {
  const given = attributes.get("name");
  return given?.type === "text" ? given.text : undefined;
}

/** Says that nothing but the kind is left to name the spans. */
export function reportNameless({ attributes, diagnostics, kind, start, end }: SiteContext): void {
  if (!attributes.has("name")) diagnostics.add("LLMOBS1022", start, end, { kind });
}
