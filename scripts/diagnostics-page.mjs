// Writes docs/diagnostics.md from the catalogue; with --print to stdout instead.
import { writeFileSync } from "node:fs";
import { CATALOGUE, check } from "../transformer/dist/index.js";

const block = (language, text) => `\`\`\`${language}\n${text}\n\`\`\`\n`;

const sections = Object.entries(CATALOGUE).map(
  ([code, { title, why, example, mended, exampleFormat = "commonjs" }]) => {
    if (example === "") {
      const { severity, message, hint } = CATALOGUE[code];
      return `## ${code}: ${title}\n\n${block("text", `${severity}: ${message} ${hint}`)}\n${why}\n`;
    }
    const [found] = check(example, { filename: "app.ts", root: ".", format: exampleFormat }).diagnostics;
    const said = `app.ts:${found.line}:${found.column} ${found.severity}: ${found.message} ${found.hint}`;
    const parts = [block("ts", example), block("text", said), `${why}\n`, block("ts", mended)];
    return `## ${code}: ${title}\n\n${parts.join("\n")}`;
  },
);

const page = `# Diagnostics

What the compiler says about tags. Codes are stable. This page is made from the catalogue by \`npm run docs\`; each example
gives just what is shown below it, and nothing once it is mended.

- An **error** leaves the tagged place as it is, and the build goes on; with \`strict\` the build fails.
- A **warning** is said, and the place is traced all the same.
- A **hint** is said by \`llmobs-instrument check\` only.

${sections.join("\n")}`;

if (process.argv.includes("--print")) process.stdout.write(page);
else writeFileSync(new URL("../docs/diagnostics.md", import.meta.url), page);
