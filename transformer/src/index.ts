export { CATALOGUE, type DiagnosticCode } from "./diagnostics/catalogue.js";
export type { Diagnostic } from "./diagnostics/diagnostic.js";
export type { Severity } from "./diagnostics/entry.js";
export { KINDS, type Kind } from "./directive/kinds.js";
export { findTagRanges, type TagRange } from "./directive/tag-ranges.js";
export { type InstrumentOptions, type InstrumentResult, instrument } from "./instrument.js";
export type { ModuleFormat, ParseFailure } from "./parse.js";
export type { SourceMap } from "./print/text.js";
export type { Site, SiteForm } from "./sites/site.js";
