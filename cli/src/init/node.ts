import { applyEdits, modify } from "jsonc-parser";
import { indentation } from "./json-format.js";
import type { ProjectFacts } from "./project-facts.js";
import type { HostSetup } from "./setup.js";

const REGISTER = "--import llmobs-instrument/register";
/** Starts a source file: what Node runs then is what the author wrote. */
const SOURCE = /\b(?:tsx|ts-node|node)((?:\s+-\S+)*)\s+(?:watch\s+)?(\S+\.[cm]?tsx?|(?:\.\/)?src\/\S+\.[cm]?js)\b/;

/** Scripts that run sources with Node, tsx or ts-node: our loader takes the place of theirs. */
export function setUpNode({ scripts, packageFile }: ProjectFacts): HostSetup | undefined {
  const running = Object.entries(scripts).filter(([, script]) => SOURCE.test(script) || script.includes(REGISTER));
  if (running.length === 0) return undefined;
  let text = packageFile.text;
  for (const [name, script] of running) {
    if (script.includes(REGISTER)) continue;
    const value = script.replace(SOURCE, (found) =>
      found
        .replace(/\b(?:tsx|ts-node)\s+watch\b/, `node ${REGISTER} --watch`)
        .replace(/\b(?:tsx|ts-node)\b/, `node ${REGISTER}`)
        .replace(/\bnode\b(?! --import llmobs)/, `node ${REGISTER}`),
    );
    text = applyEdits(text, modify(text, ["scripts", name], value, { formattingOptions: indentation(text) }));
  }
  if (text === packageFile.text) return { host: "Node", type: "done", where: "the scripts of package.json" };
  return {
    host: "Node",
    type: "edit",
    changes: [{ file: "package.json", before: packageFile.text, after: text }],
    packages: [],
  };
}
