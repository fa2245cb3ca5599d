// Loads a module in a process of its own and prints the milliseconds that took: `node load.mjs import|require <path>`.
import { createRequire } from "node:module";

const [, , how, path] = process.argv;
const require = createRequire(import.meta.url);
const start = performance.now();
if (how === "import") await import(path);
else require(path);
const took = performance.now() - start;
console.log(took);
process.exit();
