import { spawnSync } from "node:child_process";

/** Files of the repository around the folder with changes that git has not recorded; none outside a repository or without git. */
export function uncommittedFiles(folder: string): readonly string[] {
  const { status, stdout } = spawnSync("git", ["status", "--porcelain", "-z"], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) return [];
  return stdout
    .split("\0")
    .filter((line) => /^[ A-Z?]{2} ./.test(line))
    .map((line) => line.slice(3));
}
