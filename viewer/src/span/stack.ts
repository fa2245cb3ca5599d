import { isAbsolute, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { StackFrame } from "../api/contract.js";

const MOST_FRAMES = 50;

/** The frames of a stack of V8 or of Python, the throwing one first. */
export function readFrames(stack: string | null, projectFolder: string): readonly StackFrame[] {
  if (stack === null) return [];
  const lines = stack.slice(0, 200_000).split("\n");
  const frames = lines.flatMap((line) => readV8(line, projectFolder) ?? []).slice(0, MOST_FRAMES);
  if (frames.length > 0) return frames;
  return lines
    .flatMap((line) => readPython(line, projectFolder) ?? [])
    .slice(-MOST_FRAMES)
    .reverse();
}

function readV8(line: string, projectFolder: string): StackFrame | undefined {
  const text = line.trim();
  if (!text.startsWith("at ") || text.length > 2000) return undefined;
  const [, before = "", file, row, column] = /^at (?:(.*) \()?(.*?):(\d+):(\d+)\)?$/.exec(text) ?? [];
  if (file === undefined) return { text, ...NO_PLACE, function: text.slice(3) };
  return frame(text, before || null, file, Number(row), Number(column), projectFolder);
}

function readPython(line: string, projectFolder: string): StackFrame | undefined {
  const [text, file, row, name] = /^\s*File "([^"]{1,1000})", line (\d+)(?:, in (.{1,200}))?/.exec(line) ?? [];
  if (text === undefined || file === undefined) return undefined;
  return frame(text.trim(), name ?? null, file, Number(row), null, projectFolder);
}

const NO_PLACE = { file: null, line: null, column: null, isOwn: false } as const;

function frame(
  text: string,
  name: string | null,
  file: string,
  line: number,
  column: number | null,
  root: string,
): StackFrame {
  const path = pathOf(file);
  if (path === undefined) return { text, ...NO_PLACE, function: name };
  const inside = relative(root, resolve(root, path));
  const isInside = inside !== "" && !inside.startsWith("..") && !isAbsolute(inside);
  const isOwn = isInside && !inside.split(sep).includes("node_modules");
  return { text, function: name, file: isInside ? inside : path, line, column, isOwn };
}

/** Undefined for what is no file, such as `node:internal/…` or `<anonymous>`. */
function pathOf(file: string): string | undefined {
  if (file.startsWith("file://")) {
    try {
      return fileURLToPath(file);
    } catch {
      return undefined;
    }
  }
  return /^(node:|<|[a-z-]{2,}:\/\/|native|wasm)/i.test(file) || file.includes("\0") ? undefined : file;
}
