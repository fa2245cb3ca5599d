/** One path of `redact`, split at its dots: `*` is one level, `**` any depth. */
export type RedactPath = readonly string[];

/** The paths of a `redact` attribute, or the first that is not one. */
export function parseRedactPaths(text: string): { readonly paths: readonly RedactPath[]; readonly wrong?: string } {
  const written = text.split(",").map((path) => path.trim());
  const wrong = written.find((path) => !/^(?:[^.\s,]+)(?:\.[^.\s,]+)*$/.test(path));
  const paths = written.map((path) => path.split("."));
  return wrong === undefined ? { paths } : { paths, wrong };
}
