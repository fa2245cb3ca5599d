// Writes docs/diagnostics.md from the catalogue; with --print to stdout instead.
import { writeFileSync } from "node:fs";
import { CATALOGUE, instrument } from "../transformer/dist/index.js";

const sections = Object.entries(CATALOGUE).map(([code, { severity, title, example }]) => {
  const heading = `## ${code}: ${title}\n\n`;
  if (example === "") return `${heading}${severity}: ${CATALOGUE[code].message} ${CATALOGUE[code].hint}\n`;
  const [found] = instrument(example, { filename: "app.ts", root: ".", format: "commonjs" }).diagnostics;
  const line = `${found.line}:${found.column} ${severity}: ${found.message} ${found.hint}`;
  return `${heading}\`\`\`ts\n${example}\n\`\`\`\n\n\`\`\`text\n${line}\n\`\`\`\n`;
});

const page = `# Diagnostics

What the compiler says about tags. Codes are stable. A tag with an error leaves its function as it is and the build goes on;
with \`strict\` the build fails. This page is made from the catalogue by \`npm run docs\`.

${sections.join("\n")}`;

if (process.argv.includes("--print")) process.stdout.write(page);
else writeFileSync(new URL("../docs/diagnostics.md", import.meta.url), page);
