import { resolve } from "node:path";

/** Options that every host's adapter takes. */
export interface HostOptions {
  /** Sites and diagnostics name files relative to it. Default: the host's root, else the working directory. */
  readonly root?: string;
  /** `off` leaves every file as it is. Default: `on`. */
  readonly mode?: "on" | "off";
  /** Fail the build on an error in a tag, instead of leaving that function as it is and warning. */
  readonly strict?: boolean;
  /** Names that tags may use without a declaration in their file, beside those of browsers, Node, Bun and Deno. */
  readonly globals?: readonly string[];
  /**
   * Write a list of all sites: to `llmobs.manifest.json` in the root, or to a path relative to it. Default: false.
   */
  readonly manifest?: boolean | string;
  /** Specifier of the runtime's compiled entry in generated code. Default: `@llmobs/runtime/compiled`. */
  readonly runtime?: string;
}

/** Where a manifest is to be written; undefined where none is wanted. */
export function manifestPath({ manifest = false }: HostOptions, root: string): string | undefined {
  if (manifest === false) return undefined;
  return resolve(root, manifest === true ? MANIFEST_FILE : manifest);
}

const MANIFEST_FILE = "llmobs.manifest.json";

/** Files a host hands to `instrument`: sources outside of node_modules. */
export const SOURCE_FILE = /\.[cm]?[jt]sx?$/;

export function isDependency(path: string): boolean {
  return /[\\/]node_modules[\\/]/.test(path);
}

/** A map as a comment at the end of a file, for hosts that take no map of their own. */
export function inlineSourceMap(map: object): string {
  return `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString("base64")}`;
}
