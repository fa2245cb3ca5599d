import { readFile } from "node:fs/promises";
import { check as checkText, type Diagnostic, type ProjectManifest, readImport, type Site } from "@llmobs/transformer";
import { findSourceFiles } from "../project/source-files.js";

export interface CheckResult {
  /** Source files looked at. */
  readonly files: number;
  readonly sites: readonly Site[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads every tag below the paths, and adds what is traced to `manifest`, if one is wanted. `.gitignore` is honoured;
 * dependencies and declarations are left out.
 */
export async function check(paths: readonly string[], root: string, manifest?: ProjectManifest): Promise<CheckResult> {
  const files = await findSourceFiles(paths, root);
  const sites: Site[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const filename of files) {
    const source = await readFile(filename, "utf8");
    const result = checkText(source, { filename, root, readImport, outline: manifest !== undefined });
    if (result.outline !== undefined) manifest?.add(result.outline);
    sites.push(...result.sites);
    diagnostics.push(...result.diagnostics);
  }
  return { files: files.length, sites, diagnostics };
}
