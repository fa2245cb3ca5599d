import { readFile } from "node:fs/promises";
import { check as checkText, type Diagnostic, type Site } from "@llmobs/transformer";
import { findSourceFiles } from "../project/source-files.js";

export interface CheckResult {
  /** Source files looked at. */
  readonly files: number;
  readonly sites: readonly Site[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads every tag below the paths. `.gitignore` is honoured; dependencies and declarations are left out. */
export async function check(paths: readonly string[], root: string): Promise<CheckResult> {
  const files = await findSourceFiles(paths, root);
  const sites: Site[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const filename of files) {
    const source = await readFile(filename, "utf8");
    const result = checkText(source, { filename, root });
    sites.push(...result.sites);
    diagnostics.push(...result.diagnostics);
  }
  return { files: files.length, sites, diagnostics };
}
