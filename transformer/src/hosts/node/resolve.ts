import { isTypeScript } from "./compile.js";

/** Between TypeScript files a relative specifier means the source, even when compiled output lies beside it. */
export function prefersSource(specifier: string, importer: string): boolean {
  return /^\.\.?(?:\/|$)/.test(specifier) && !/[?#]/.test(specifier) && isTypeScript(importer);
}
