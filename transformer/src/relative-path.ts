import { relative, resolve, sep } from "node:path";

/** With forward slashes. A relative file name is one below the root. */
export function relativePath(filename: string, root: string): string {
  return relative(root, resolve(root, filename)).split(sep).join("/");
}
