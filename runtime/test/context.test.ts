import { EventEmitter, on, once } from "node:events";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { llmobs } from "../src/index.js";
import { traced } from "./traced.js";

/** A span that tells which one was active where it was made. */
const mark = (name: string) => llmobs.tool({ name }, () => 1);

test("the active span survives every way of waiting", async () => {
  const { event, events } = await traced(() =>
    llmobs.annotationContext({ tags: { tenant: "acme" } }, () =>
      llmobs.workflow({ name: "root" }, async () => {
        await Promise.resolve();
        mark("await");
        await Promise.resolve().then(() => mark("then"));
        await Promise.reject(new Error("x")).catch(() => mark("catch"));
        await Promise.all([
          sleep(1).then(() => mark("all")),
          Promise.race([sleep(1), sleep(2)]).then(() => mark("race")),
        ]);
        await new Promise<void>((done) => process.nextTick(() => done(void mark("nextTick"))));
        await new Promise<void>((done) => queueMicrotask(() => done(void mark("queueMicrotask"))));
        await new Promise<void>((done) => setTimeout(() => done(void mark("setTimeout")), 1));
        await new Promise<void>((done) => setImmediate(() => done(void mark("setImmediate"))));
        await new Promise<void>((done) => {
          const timer = setInterval(() => {
            clearInterval(timer);
            done(void mark("setInterval"));
          }, 1);
        });

        const emitter = new EventEmitter();
        emitter.on("now", () => mark("emit"));
        emitter.emit("now");
        setTimeout(() => emitter.emit("later", 1), 1);
        await once(emitter, "later");
        mark("once");
        setTimeout(() => emitter.emit("item", 1), 1);
        for await (const _ of on(emitter, "item")) {
          mark("events.on");
          break;
        }

        await pipeline(
          Readable.from(["a", "b"]),
          new Transform({
            transform(chunk, _encoding, done) {
              mark("transform");
              done(null, chunk);
            },
          }),
          async function* (source) {
            for await (const chunk of source) {
              mark("pipeline");
              yield chunk;
            }
          },
          async (source) => {
            for await (const _ of source) mark("sink");
          },
        );
        const reader = new ReadableStream({
          async pull(controller) {
            await sleep(1);
            mark("pull");
            controller.close();
          },
        }).getReader();
        await reader.read();

        async function* numbers() {
          yield 1;
          await sleep(1);
          mark("async generator");
          yield 2;
        }
        for await (const _ of numbers()) mark("for await");
      }),
    ),
  );
  const expected = [
    "await",
    "then",
    "catch",
    "all",
    "race",
    "nextTick",
    "queueMicrotask",
    "setTimeout",
    "setImmediate",
  ];
  const streamed = [
    "setInterval",
    "emit",
    "once",
    "events.on",
    "transform",
    "pipeline",
    "sink",
    "pull",
    "async generator",
  ];
  for (const name of [...expected, ...streamed, "for await"]) {
    const made = events.filter((each) => each.name === name);
    expect([name, made.length > 0]).toEqual([name, true]);
    for (const each of made) {
      expect([name, each.parent_id]).toEqual([name, event("root").span_id]);
      expect(each.tags).toContain("tenant:acme");
    }
  }
});

test("parallel work keeps its spans apart", async () => {
  const { events } = await traced(() =>
    Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        llmobs.workflow({ name: `w${index}`, sessionId: `s${index}` }, async () => {
          await sleep(index % 5);
          await llmobs.task({ name: `t${index}` }, async () => {
            await sleep((index * 7) % 5);
            llmobs.tool({ name: `x${index}` }, () => 1);
          });
        }),
      ),
    ),
  );
  const by = new Map(events.map((event) => [event.name, event]));
  for (let index = 0; index < 50; index++) {
    const [workflow, task, tool] = ["w", "t", "x"].map((letter) => by.get(`${letter}${index}`));
    expect(task?.parent_id).toBe(workflow?.span_id);
    expect(tool?.parent_id).toBe(task?.span_id);
    expect(tool).toMatchObject({ session_id: `s${index}`, trace_id: workflow?.trace_id });
  }
});

test("a listener added elsewhere runs in the span of whoever emits", async () => {
  const emitter = new EventEmitter();
  const { event } = await traced(() => {
    llmobs.task({ name: "adds" }, () => emitter.on("now", () => mark("heard")));
    llmobs.task({ name: "emits" }, () => emitter.emit("now"));
  });
  expect(event("heard").parent_id).toBe(event("emits").span_id);
});
