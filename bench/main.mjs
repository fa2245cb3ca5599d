// Measures the budgets and prints a table a group. A budget is never a test: the exit code is 0 when one is missed.
import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import callCost from "./call-cost.mjs";
import esbuildBuild from "./esbuild-build.mjs";
import instrumentText from "./instrument-text.mjs";
import loadTime from "./load-time.mjs";
import packageSize from "./package-size.mjs";
import { formatTable, isHeld } from "./table.mjs";

const GROUPS = [callCost, packageSize, loadTime, esbuildBuild, instrumentText];

const HELP = `Usage: npm run bench -- [group …] [--json]

Groups (default: all):
${GROUPS.map(({ name, title }) => `  ${name.padEnd(16)} ${title}`).join("\n")}

  --json   print one JSON object instead of tables
  --help   print this`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  const unknown = positionals.find((name) => !GROUPS.some((group) => group.name === name));
  if (unknown !== undefined) throw new Error(`There is no group "${unknown}". See --help.`);
  if (values.help) console.log(HELP);
  else
    await measure(positionals.length === 0 ? GROUPS : GROUPS.filter(({ name }) => positionals.includes(name)), values);
} catch (error) {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}

async function measure(groups, { json }) {
  const machine = { node: process.version, cpus: availableParallelism(), cpu: cpus()[0]?.model.trim() ?? "" };
  if (!json) console.log(`Node ${machine.node}, ${machine.cpus} × ${machine.cpu}`);
  const measured = [];
  for (const group of groups) {
    const rows = await group.run(progressOf(group.name));
    clearProgress();
    if (!json) console.log(`\n${formatTable(group, rows, paint)}`);
    measured.push({ name: group.name, title: group.title, rows: rows.map((row) => ({ ...row, held: isHeld(row) })) });
  }
  if (json) console.log(JSON.stringify({ ...machine, groups: measured }, null, 2));
}

/** On a terminal one line that changes, elsewhere a line a second at most. */
function progressOf(name) {
  let last = performance.now();
  return (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${name}: ${text} …`);
    else if (performance.now() - last > 1000) {
      last = performance.now();
      process.stderr.write(`${name}: ${text} …\n`);
    }
  };
}

function clearProgress() {
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[2K");
}

function paint(text, held) {
  return process.stdout.isTTY && !process.env.NO_COLOR ? `\x1b[${held ? 32 : 31}m${text}\x1b[39m` : text;
}
