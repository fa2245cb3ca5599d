import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const known = new Map<string, "module" | "commonjs" | undefined>();

/** `type` of the nearest package.json: https://nodejs.org/api/packages.html#type */
export function packageType(path: string): "module" | "commonjs" | undefined {
  const folder = dirname(path);
  if (!known.has(folder)) known.set(folder, readType(folder));
  return known.get(folder);
}

function readType(folder: string): "module" | "commonjs" | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, "package.json"), "utf8");
  } catch {
    const above = dirname(folder);
    return above === folder ? undefined : packageType(folder);
  }
  try {
    const content: unknown = JSON.parse(text);
    const type = typeof content === "object" && content !== null && "type" in content ? content.type : undefined;
    return type === "module" || type === "commonjs" ? type : undefined;
  } catch {
    return undefined;
  }
}
