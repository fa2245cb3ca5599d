import type ts from "typescript";
import type { Analysis } from "../../instrument.js";
import { ProjectManifest, writeManifest } from "../../manifest/project.js";
import { isDependency } from "../options.js";

/**
 * What is known of a program's files. A watching or incremental compiler asks for a transformer for each file it
 * emits, and a manifest needs all files: each is looked at once.
 */
export class ProgramAnalysis {
  readonly #analyse: (file: ts.SourceFile) => Analysis;
  readonly #known = new Map<ts.SourceFile, Analysis>();
  #isWritten = false;

  private constructor(analyse: (file: ts.SourceFile) => Analysis) {
    this.#analyse = analyse;
  }

  static readonly #ofPrograms = new WeakMap<ts.Program, Map<string, ProgramAnalysis>>();

  /** The same for one program and the same options. */
  static of(program: ts.Program, options: object, analyse: (file: ts.SourceFile) => Analysis): ProgramAnalysis {
    const byOptions = ProgramAnalysis.#ofPrograms.get(program) ?? new Map<string, ProgramAnalysis>();
    ProgramAnalysis.#ofPrograms.set(program, byOptions);
    const key = JSON.stringify(options);
    const known = byOptions.get(key) ?? new ProgramAnalysis(analyse);
    byOptions.set(key, known);
    return known;
  }

  file(file: ts.SourceFile): Analysis {
    const known = this.#known.get(file) ?? this.#analyse(file);
    this.#known.set(file, known);
    return known;
  }

  writeManifest(program: ts.Program, root: string, path: string): void {
    if (this.#isWritten) return;
    this.#isWritten = true;
    const manifest = new ProjectManifest(root);
    for (const file of program.getSourceFiles()) {
      if (file.isDeclarationFile || isDependency(file.fileName)) continue;
      const { outline } = this.file(file);
      if (outline !== undefined) manifest.add(outline);
    }
    writeManifest(manifest.create(), path);
  }
}
