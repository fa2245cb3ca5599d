import { isatty } from "node:tty";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { formatDiagnostic, formatWithFrame } from "../diagnostics/format.js";

const STDERR = 2;

/** Says on stderr what a build should know: a line each, on a terminal with the code. Hints are left to `check`. */
export function report(diagnostics: readonly Diagnostic[], source: string): void {
  // Node 20 runs its hooks in a thread, whose stderr is no terminal by itself.
  const isTerminal = isatty(STDERR);
  const hasColours = process.stderr.hasColors?.() === true;
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity === "hint") continue;
    const text = isTerminal ? `${formatWithFrame(diagnostic, source, hasColours)}\n` : formatDiagnostic(diagnostic);
    process.stderr.write(`[llmobs] ${text}\n`);
  }
}
