// One case in a process of its own: `node measure.mjs <case> <the instrumented subject>`, a line of JSON on stdout.
import { setImmediate as turn } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { median } from "../statistics.mjs";
import { CASES } from "./cases.mjs";

const [, , name, instrumented] = process.argv;
const { subject, isAsync, storage, traced, memory } = CASES[name];

const url = subject === "plain" ? new URL("subject.mjs", import.meta.url) : pathToFileURL(instrumented);
const { answer, answerLater } = await import(url.href);
const { llmobs } = traced ? await import("@llmobs/runtime") : {};
const flush = async () => llmobs?.flush();

// Several of each, so that no result is a constant.
const QUESTIONS = Array.from({ length: 16 }, (_, index) =>
  `${index} `.padEnd(500 - index, "How warm is it in Lisbon? "),
);
const OPTIONS = QUESTIONS.map((_, index) => ({ model: `model-${index}`, limit: index, stream: false }));

const ROUNDS = traced ? 40 : 100;
const WARM_UP = 20;
// A traced round is short enough that all its spans wait in the queue: what flush() does is outside of the time.
const CALLS = isAsync ? 2000 : 100_000;

const call = await target();
console.log(JSON.stringify(memory ? await growth() : await cost()));

async function target() {
  const plain = isAsync ? answerLater : answer;
  if (!storage) return plain;
  const { AsyncLocalStorage } = await import("node:async_hooks");
  const local = new AsyncLocalStorage();
  const store = {};
  return (question, options) => local.run(store, plain, question, options);
}

/** Calls one after the other; the sum keeps the compiler from leaving them out. */
function roundSync() {
  let sum = 0;
  for (let index = 0; index < CALLS; index++) sum += call(QUESTIONS[index & 15], OPTIONS[index & 15]).id;
  return sum;
}

async function roundAsync() {
  let sum = 0;
  for (let index = 0; index < CALLS; index++) sum += (await call(QUESTIONS[index & 15], OPTIONS[index & 15])).id;
  return sum;
}

async function cost() {
  const times = [];
  let cpuMicroseconds = 0;
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    const sum = isAsync ? await roundAsync() : roundSync();
    const took = performance.now() - start;
    await flush();
    const { user, system } = process.cpuUsage(cpu);
    if (sum !== CALLS * 500) throw new Error(`the calls of ${name} gave something else`);
    if (round < 0) continue;
    times.push((took / CALLS) * 1e6);
    cpuMicroseconds += user + system;
  }
  checkDelivered((WARM_UP + ROUNDS) * CALLS);
  return { nanoseconds: median(times), cpuNanoseconds: (cpuMicroseconds / ROUNDS / CALLS) * 1e3 };
}

/**
 * Megabytes that 100,000 calls add, made as a server makes them: a hundred, then a turn of the event loop. Few calls
 * come before, enough to load everything: how far the heap grows for spans in flight is a part of the answer.
 */
async function growth() {
  const some = async (calls) => {
    for (let index = 0; index < calls; index++) {
      await call(QUESTIONS[index & 15], OPTIONS[index & 15]);
      if (index % 100 === 99) await turn();
    }
    await flush();
  };
  await some(100);
  const kept = await liveHeap();
  const before = process.memoryUsage.rss();
  await some(100_000);
  const residentMegabytes = (process.memoryUsage.rss() - before) / 1e6;
  checkDelivered(100_100);
  return { residentMegabytes, keptMegabytes: ((await liveHeap()) - kept) / 1e6 };
}

async function liveHeap() {
  for (let time = 0; time < 3; time++) {
    await turn();
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}

/** A span that was dropped cost too little. */
function checkDelivered(calls) {
  if (!traced) return;
  const { finished, exported } = llmobs.stats();
  if (finished === calls && exported >= calls) return;
  throw new Error(`${name}: of ${calls} calls ${finished} gave a span, and ${exported} records were delivered`);
}
