// Runs one program in a thread of its own, whose globals nothing has touched, and reports how it ended.
import { createRequire } from "node:module";
import vm from "node:vm";
import { parentPort, workerData } from "node:worker_threads";

const { preludes, code, isAsync, negative } = workerData;
let settled = false;

function report(failure) {
  if (settled) return;
  settled = true;
  parentPort.postMessage({ failure });
}

function describe(error) {
  if (typeof error !== "object" || error === null) return String(error);
  return `${error.name ?? error.constructor?.name}: ${error.message}`;
}

const hidden = (value) => ({ value, writable: true, enumerable: false, configurable: true });

function hostOf(global, evaluate) {
  return {
    global,
    evalScript: evaluate,
    gc: () => {},
    detachArrayBuffer: (buffer) => structuredClone(buffer, { transfer: [buffer] }),
    createRealm() {
      const context = vm.createContext();
      const own = vm.runInContext("globalThis", context);
      own.$262 = hostOf(own, (text) => vm.runInContext(text, context));
      return own.$262;
    },
  };
}

Object.defineProperties(globalThis, {
  require: hidden(createRequire(import.meta.url)),
  print: hidden((text) => report(text === "Test262:AsyncTestComplete" ? null : text)),
  $262: hidden(hostOf(globalThis, (text) => vm.runInThisContext(text))),
});
process.on("uncaughtException", (error) => report(describe(error)));

try {
  for (const prelude of preludes) vm.runInThisContext(prelude);
  vm.runInThisContext(code, { filename: "program.js" });
  if (!isAsync) report(negative === null ? null : `${negative} was expected`);
} catch (error) {
  const name = error?.constructor?.name ?? describe(error);
  report(negative === null || name !== negative ? describe(error) : null);
}
process.on("exit", () => report("the program never said that it was done"));
