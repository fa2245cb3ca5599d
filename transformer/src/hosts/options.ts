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
  /** Specifier of the runtime's compiled entry in generated code. Default: `@llmobs/runtime/compiled`. */
  readonly runtime?: string;
}

/** Files a host hands to `instrument`: sources outside of node_modules. */
export const SOURCE_FILE = /\.[cm]?[jt]sx?$/;

export function isDependency(path: string): boolean {
  return /[\\/]node_modules[\\/]/.test(path);
}

/** A map as a comment at the end of a file, for hosts that take no map of their own. */
export function inlineSourceMap(map: object): string {
  return `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString("base64")}`;
}
