import { isCancel, select } from "@clack/prompts";
import { colours, printable } from "../terminal/output.js";
import { UsageError } from "../usage-error.js";
import { changesOf, type Plan, type Proposal } from "./plan.js";
import { paintDiff, unifiedDiff } from "./unified-diff.js";

/** Asks for each proposal on the terminal. Ctrl-C chooses none of them. */
export async function chooseProposals(plan: Plan): Promise<readonly Proposal[]> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new UsageError("--interactive needs a terminal", "use --write to take everything");
  }
  const paint = colours(process.stdout);
  const chosen: Proposal[] = [];
  const refusedFiles = new Set<string>();
  for (const proposal of plan.proposals) {
    if (refusedFiles.has(proposal.file)) continue;
    const diffs = changesOf(plan, [proposal]).map((change) => paintDiff(unifiedDiff(change), paint));
    process.stdout.write(`\n${diffs.join("\n")}`);
    const answer = await select({
      message: `${proposal.file}:${proposal.line} ${printable(proposal.reason)}`,
      options: [
        { value: "yes", label: "yes" },
        { value: "no", label: "no" },
        { value: "file", label: "no, and skip the rest of this file" },
        { value: "done", label: "no, and stop asking; write what was chosen" },
      ] as const,
    });
    if (isCancel(answer)) return [];
    if (answer === "yes") chosen.push(proposal);
    if (answer === "file") refusedFiles.add(proposal.file);
    if (answer === "done") break;
  }
  return chosen;
}
