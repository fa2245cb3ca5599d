import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { globby } from "globby";
import { UsageError } from "../usage-error.js";

export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

/** What a project is built with, read from its files. */
export interface ProjectFacts {
  readonly root: string;
  readonly packageFile: { readonly path: string; readonly text: string };
  readonly manager: PackageManager;
  readonly moduleSystem: "module" | "commonjs";
  readonly scripts: Readonly<Record<string, string>>;
  /** Every package that package.json names, with its range. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** tsconfig.json of the root, if there is one. */
  readonly tsconfig: { readonly path: string; readonly text: string } | undefined;
  /** Names of files in the root and one folder below, such as `vite.config.ts` or `scripts/build.mjs`. */
  readonly files: readonly string[];
}

/** @throws {UsageError} when there is no package.json, or none that can be read. */
export async function readFacts(root: string): Promise<ProjectFacts> {
  const path = join(root, "package.json");
  if (!existsSync(path))
    throw new UsageError("there is no package.json here", "go to the project's folder, or run npm init");
  const text = readFileSync(path, "utf8");
  const parsed = parseObject(text);
  if (parsed === undefined) throw new UsageError("package.json is not a JSON object", "mend it first");
  const tsconfig = join(root, "tsconfig.json");
  return {
    root,
    packageFile: { path, text },
    manager: packageManager(root, textOf(parsed.packageManager)),
    moduleSystem: parsed.type === "module" ? "module" : "commonjs",
    scripts: texts(parsed.scripts),
    dependencies: {
      ...texts(parsed.peerDependencies),
      ...texts(parsed.devDependencies),
      ...texts(parsed.dependencies),
    },
    tsconfig: existsSync(tsconfig) ? { path: tsconfig, text: readFileSync(tsconfig, "utf8") } : undefined,
    files: await globby(["*", "*/*"], {
      cwd: root,
      dot: true,
      gitignore: true,
      suppressErrors: true,
      followSymbolicLinks: false,
      ignore: ["node_modules/**", ".git/**"],
    }),
  };
}

const LOCK_FILES: readonly (readonly [file: string, manager: PackageManager])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
];

/** The `packageManager` field, else the nearest lock file, which in a monorepo is further up. */
function packageManager(root: string, field: string | undefined): PackageManager {
  const named = LOCK_FILES.find(([, manager]) => field?.startsWith(`${manager}@`));
  if (named !== undefined) return named[1];
  for (let folder = root; ; folder = dirname(folder)) {
    const lock = LOCK_FILES.find(([file]) => existsSync(join(folder, file)));
    if (lock !== undefined) return lock[1];
    if (existsSync(join(folder, ".git")) || dirname(folder) === folder) return "npm";
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function texts(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (typeof each === "string" ? [[key, each]] : [])),
  );
}
