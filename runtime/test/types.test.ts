import { describe, expect, expectTypeOf, test } from "vitest";
import { type AnnotateOptions, type LLMObs, llmobs as real, type Span } from "../src/index.js";
import { llmobs as passThrough } from "../src/pass-through/index.js";

/*
 * What is wrong must not compile: `npm run check` fails where an expected error
 * is none. Nothing here runs but for the promise that it would do no harm.
 */
const llmobs = passThrough;

interface Row {
  readonly id: number;
}

describe("a span knows its kind", () => {
  test("in callbacks, by hand and at annotate", () => {
    llmobs.llm((span) => {
      expectTypeOf(span).toEqualTypeOf<Span<"llm">>();
      span.annotate({ inputData: "text", outputData: [{ role: "assistant", content: "hi" }] });
      span.annotate({ inputData: ["text", { toolCalls: [{ name: "n", arguments: { a: 1 } }] }], prompt: { id: "p" } });
      // @ts-expect-error a number is no message
      span.annotate({ inputData: 5 });
      // @ts-expect-error a role is text
      span.annotate({ inputData: { role: 5, content: "x" } });
      // @ts-expect-error documents are no messages
      span.annotate({ outputData: { text: "x" } });
      // @ts-expect-error an agent belongs to an agent span
      span.annotate({ agent: { name: "a" } });
      // @ts-expect-error an image has one source
      span.annotate({ inputData: { imageParts: [{ mimeType: "image/png", content: "a", attachmentKey: "b" }] } });
    });
    llmobs.retrieval({ name: "r" }, (span) => {
      span.annotate({ inputData: { any: ["thing"] }, outputData: [{ text: "x", score: 0.1 }, "y"] });
      // @ts-expect-error a document has text
      span.annotate({ outputData: [{ name: "x" }] });
      // @ts-expect-error a prompt belongs to an llm span
      span.annotate({ prompt: { id: "p" } });
    });
    const embedding = llmobs.startSpan({ kind: "embedding", modelName: "m" });
    embedding.annotate({ inputData: [{ text: "x" }], outputData: { any: 1 } });
    // @ts-expect-error a score is a number
    llmobs.annotate(embedding, { inputData: { text: "x", score: "high" } });
    llmobs.agent((span) => span.annotate({ agent: { modelSettings: { temperature: 0 } }, inputData: 5 }));
    // @ts-expect-error an unknown setting
    llmobs.agent((span) => span.annotate({ agent: { modelSettings: { heat: 0 } } }));
    llmobs.trace({ kind: "tool" }, (span, done) => {
      expectTypeOf(span).toEqualTypeOf<Span<"tool">>();
      done(new Error("x"));
    });
    llmobs.annotate({ inputData: 5, prompt: { id: "p" }, agent: { name: "a" } });
    // @ts-expect-error a metric is a number
    llmobs.annotate({ metrics: { n: "5" } });
    // @ts-expect-error no such option
    llmobs.annotate({ input: 5 });
    expectTypeOf<AnnotateOptions["inputData"]>().toBeUnknown();
  });

  test("and whether there is a model", () => {
    llmobs.llm({ modelName: "m", modelProvider: "p" }, () => 1);
    // @ts-expect-error a task has no model
    llmobs.task({ modelName: "m" }, () => 1);
    // @ts-expect-error a workflow has no model
    llmobs.startSpan({ kind: "workflow", modelName: "m" });
    // @ts-expect-error no such kind
    expect(() => llmobs.trace({ kind: "step" }, () => 1)).toThrow(TypeError);
    const kind = "llm" as "llm" | "task";
    llmobs.startSpan({ kind, name: "either" });
    const name: string | undefined = undefined;
    llmobs.task({ name, sessionId: name }, (span: Span) => span.spanId);
  });

  test("a span of one kind is a span", () => {
    const spans: Span[] = [llmobs.startSpan({ kind: "llm" })];
    llmobs.activate(llmobs.startSpan({ kind: "llm", parent: spans[0] }), () => 1);
    expectTypeOf(llmobs.activate(llmobs.startSpan({ kind: "task" }), async () => 1)).resolves.toBeNumber();
    expectTypeOf(llmobs.annotationContext({ tags: { a: 1 } }, () => "x")).toBeString();
    // @ts-expect-error no such option
    llmobs.annotationContext({ metadata: {} }, () => "x");
  });
});

test("wrap keeps the type: overloads, generics, this, generators", () => {
  function overloaded(value: string): string;
  function overloaded(value: number): number;
  function overloaded(value: string | number): string | number {
    return value;
  }
  async function generic<Item extends Row>(items: readonly Item[]): Promise<Item | undefined> {
    return items[0];
  }
  function bound(this: Row, _by: number): number {
    return this.id;
  }
  function* steps(count: number): Generator<number, string, boolean> {
    yield count;
    return "end";
  }
  const extended = Object.assign((text: string) => text, { extra: 1 });
  expectTypeOf(llmobs.wrap({ kind: "task" }, overloaded)).toEqualTypeOf<typeof overloaded>();
  const sameGeneric: typeof generic = llmobs.wrap({ kind: "task" }, generic);
  expectTypeOf(sameGeneric([{ id: 1, name: "x" }])).resolves.toEqualTypeOf<{ id: number; name: string } | undefined>();
  // @ts-expect-error a row has an id
  llmobs.wrap({ kind: "task" }, generic)([{ name: "x" }]);
  expectTypeOf(llmobs.wrap({ kind: "task" }, bound)).toEqualTypeOf<typeof bound>();
  expectTypeOf(llmobs.wrap({ kind: "llm", modelName: "m" }, steps)).toEqualTypeOf<typeof steps>();
  expectTypeOf(llmobs.wrap({ kind: "task" }, extended)).toEqualTypeOf<typeof extended>();
  // @ts-expect-error a task has no model
  llmobs.wrap({ kind: "task", modelName: "m" }, overloaded);
  // @ts-expect-error no function
  llmobs.wrap({ kind: "task" }, 5);
});

test("the browser's SDK has the same surface", () => {
  expectTypeOf(passThrough).toEqualTypeOf<LLMObs>();
  expectTypeOf(real).toEqualTypeOf<LLMObs>();
});
