import { spawn } from "node:child_process";
import { realpath, stat } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { type Fields, finite } from "../span/fields.js";
import { RequestError } from "./body.js";

/** How editors are told a place; others get the file alone. */
const AT_PLACE: readonly (readonly [
  name: RegExp,
  place: (file: string, line: number, column: number) => readonly string[],
])[] = [
  [/^(code|code-insiders|codium|cursor|windsurf)$/, (file, line, column) => ["--goto", `${file}:${line}:${column}`]],
  [/^(zed|subl|sublime_text|hx|helix|atom)$/, (file, line, column) => [`${file}:${line}:${column}`]],
  [
    /^(idea|webstorm|pycharm|goland|rider)\d*$/,
    (file, line, column) => ["--line", `${line}`, "--column", `${column}`, file],
  ],
  [/^(vi|vim|nvim|gvim|nano|emacs|emacsclient)$/, (file, line) => [`+${line}`, file]],
];

/** `LLMOBS_EDITOR`, else `VISUAL` or `EDITOR`, else Visual Studio Code where its terminal runs this. */
export function editorCommand(environment: NodeJS.ProcessEnv): string | undefined {
  const inCode = environment.TERM_PROGRAM === "vscode" ? "code" : undefined;
  return environment.LLMOBS_EDITOR || environment.VISUAL || environment.EDITOR || inCode;
}

/**
 * Opens a file of the project where its links end too.
 * @throws RequestError
 */
export async function openInEditor(request: Fields, projectFolder: string, editor: string | undefined): Promise<void> {
  const { file } = request;
  if (typeof file !== "string" || file === "" || file.includes("\0")) throw new RequestError(400, "file is not a path");
  const line = place(request.line);
  const column = place(request.column);
  const path = await fileIn(projectFolder, file);
  const [command, ...parameters] = (editor ?? "").split(" ").filter((part) => part !== "");
  if (command === undefined) throw new RequestError(400, "no editor is known: set LLMOBS_EDITOR");
  const name =
    command
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/\.(exe|cmd)$/i, "") ?? "";
  const at = AT_PLACE.find(([known]) => known.test(name))?.[1](path, line, column) ?? [path];
  await new Promise<void>((done, failed) => {
    const child = spawn(command, [...parameters, ...at], { stdio: "ignore", detached: true });
    child.once("spawn", () => {
      child.unref();
      done();
    });
    child.once("error", () => failed(new RequestError(400, `${name} does not start`)));
  });
}

function place(value: unknown): number {
  const number = finite(value);
  return number === null || number < 1 || number > 1e7 ? 1 : Math.round(number);
}

async function fileIn(folder: string, file: string): Promise<string> {
  const root = await realpath(folder);
  const path = await realpath(resolve(root, file)).catch(() => undefined);
  if (path === undefined) throw new RequestError(404, "no such file");
  const inside = relative(root, path);
  if (inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new RequestError(403, "not a file of the project");
  }
  if (!(await stat(path)).isFile()) throw new RequestError(403, "not a file of the project");
  return path;
}
