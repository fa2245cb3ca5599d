import type { SourceText } from "../source-text.js";
import { CATALOGUE, type DiagnosticCode, type DiagnosticValues } from "./catalogue.js";
import type { Severity } from "./entry.js";

/** Something to say about a place in a file. Codes are stable; docs/diagnostics.md lists them. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** Relative to the root, forward slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** In UTF-16 units. */
  readonly length: number;
  readonly message: string;
  /** How to mend it. */
  readonly hint: string;
}

interface Placed {
  readonly offset: number;
  readonly diagnostic: Diagnostic;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Collects the diagnostics of one file. */
export class DiagnosticList {
  readonly #file: string;
  readonly #source: SourceText;
  readonly #found: Placed[] = [];
  readonly #silenced: Range[] = [];

  constructor(file: string, source: SourceText) {
    this.#file = file;
    this.#source = source;
  }

  add<Code extends DiagnosticCode>(code: Code, start: number, end: number, values: DiagnosticValues<Code>): void {
    const entry = CATALOGUE[code];
    const diagnostic: Diagnostic = {
      code,
      severity: entry.severity,
      file: this.#file,
      ...this.#source.place(start),
      length: Math.max(end - start, 1),
      message: fill(entry.message, values),
      hint: fill(entry.hint, values),
    };
    this.#found.push({ offset: start, diagnostic });
  }

  /** Nothing is said about this part of the file, before or after. */
  silence(range: Range): void {
    this.#silenced.push(range);
  }

  /** In the order of their places. */
  list(): readonly Diagnostic[] {
    return this.#found
      .filter(({ offset }) => !this.#silenced.some(({ start, end }) => start <= offset && offset < end))
      .sort((a, b) => a.offset - b.offset)
      .map(({ diagnostic }) => diagnostic);
  }
}

/** Values come from the source: a terminal should show what controls it, not obey it. */
function fill(template: string, values: Readonly<Record<string, string>>): string {
  const shown = (value: string) =>
    value.replace(/[\p{Cc}\p{Cf}]/gu, (unit) => `\\u{${(unit.codePointAt(0) ?? 0).toString(16)}}`);
  return template.replace(/\{(\w+)\}/g, (_, key: string) => shown(values[key] ?? ""));
}
