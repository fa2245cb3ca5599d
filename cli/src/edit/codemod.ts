import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { uncommittedFiles } from "../project/git.js";
import { colours, printable } from "../terminal/output.js";
import { UsageError } from "../usage-error.js";
import { chooseProposals } from "./choose-proposals.js";
import { changesOf, type FileChange, type Note, type Plan, type Proposal } from "./plan.js";
import { paintDiff, unifiedDiff } from "./unified-diff.js";
import { replaceFile } from "./write.js";

/** What every codemod can be told. */
export interface CodemodOptions {
  readonly write?: boolean;
  readonly interactive?: boolean;
  readonly check?: boolean;
  readonly json?: boolean;
  readonly allowDirty?: boolean;
}

export function codemodOptions(command: Command): Command {
  return command
    .option("--write", "change the files (default: print what would change)")
    .addOption(new Option("--interactive", "ask for each change, then write").conflicts(["json", "check"]))
    .addOption(new Option("--check", "exit with 1 if there is anything to change").conflicts("write"))
    .option("--json", "print { files, proposals, changes, notes, written } as JSON")
    .option("--allow-dirty", "write even where git has uncommitted changes");
}

/** Prints a plan or carries it out. Gives the exit code. */
export async function carryOut(plan: Plan, root: string, options: CodemodOptions): Promise<0 | 1> {
  const writes = options.write === true || options.interactive === true;
  if (writes && options.allowDirty !== true && plan.proposals.length > 0) refuseDirtyTree(root);
  const proposals = options.interactive === true ? await chooseProposals(plan) : plan.proposals;
  const changes = changesOf(plan, proposals);
  if (writes) for (const { file, after } of changes) await replaceFile(resolve(root, file), after);
  const report = { proposals, changes, notes: plan.notes, files: plan.files, written: writes };
  process.stdout.write(options.json === true ? asJson(report) : asText(report, process.stdout));
  return options.check === true && changes.length > 0 ? 1 : 0;
}

function refuseDirtyTree(root: string): void {
  const [first, ...others] = uncommittedFiles(root);
  if (first === undefined) return;
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  throw new UsageError(`git has uncommitted changes (${first}${more})`, "commit them first, or pass --allow-dirty");
}

interface Report {
  readonly files: number;
  readonly proposals: readonly Proposal[];
  readonly changes: readonly FileChange[];
  readonly notes: readonly Note[];
  readonly written: boolean;
}

function asJson({ files, proposals, changes, notes, written }: Report): string {
  const result = {
    files,
    proposals: proposals.map(({ file, line, reason, details }) => ({ file, line, reason, ...details })),
    changes: changes.map((change) => ({ file: change.file, diff: unifiedDiff(change) })),
    notes,
    written,
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

function asText({ files, proposals, changes, notes, written }: Report, stream: NodeJS.WriteStream): string {
  const paint = colours(stream);
  const place = ({ file, line }: Note) => paint.dim(line === undefined ? file : `${file}:${line}`);
  const sections = changes.map((change) => {
    const reasons = proposals
      .filter(({ file }) => file === change.file)
      .map((proposal) => `${place({ ...proposal, text: "" })} ${printable(proposal.reason)}`);
    return `${reasons.join("\n")}\n${written ? "" : paintDiff(unifiedDiff(change), paint)}\n`;
  });
  const noted = notes.map((note) => `${place(note)} ${printable(note.text)}\n`);
  const count = changes.length === 1 ? "1 file" : `${changes.length} files`;
  const outcome = written ? `${count} changed` : changes.length === 0 ? "nothing to change" : `${count} would change`;
  const next = !written && changes.length > 0 ? "; --write applies it, --interactive asks one by one" : "";
  return `${[...sections, ...noted].join("")}${outcome} of ${files} looked at${next}\n`;
}
