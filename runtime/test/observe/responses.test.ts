import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { state } from "../../src/state.js";
import { loopbackServer } from "../loopback-server.js";
import { traced } from "../traced.js";
import { call, seen, spanOf } from "./span-of.js";

const BODY = '{"answer":"é"}';

/** From a server that sends the body in two pieces. */
async function fetched(body = BODY): Promise<Response> {
  const server = await loopbackServer((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write(body.slice(0, 3));
    setTimeout(() => response.end(body.slice(3)), 5);
  });
  return fetch(server.origin);
}

const local = () => new Response(BODY);

const reads: readonly [string, (response: Response) => Promise<unknown>][] = [
  ["text()", (response) => response.text()],
  ["json()", (response) => response.json()],
  ["arrayBuffer()", async (response) => Buffer.from(await response.arrayBuffer()).toString()],
  ["blob()", async (response) => (await response.blob()).text()],
  [
    "body.getReader()",
    async (response) => {
      const reader = response.body?.getReader();
      const chunks: Uint8Array[] = [];
      for (let step = await reader?.read(); step?.value !== undefined; step = await reader?.read()) {
        chunks.push(step.value);
      }
      return Buffer.concat(chunks).toString();
    },
  ],
  ["new Response(body)", (response) => new Response(response.body, response).text()],
  ["clone(), the copy first", async (response) => `${await response.clone().text()} ${await response.text()}`],
  ["clone(), both at once", (response) => Promise.all([response.clone().json(), response.json()])],
  [
    "clone(), their bodies by readers",
    async (response) => {
      const copy = response.clone();
      const [one, other] = [new Response(copy.body), new Response(response.body)];
      return [await one.text(), await other.text()];
    },
  ],
  [
    "pipeThrough() of its body",
    async (response) => {
      let read = "";
      for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) read += piece;
      return read;
    },
  ],
];

describe.each([
  ["from a server", fetched],
  ["of a text", async () => local()],
])("a response %s", (_, make) => {
  test.each(reads)("read by %s is seen whole", async (_, read) => {
    const expected = await read(await make());
    const result = await spanOf(async () => {
      const response = await make();
      const returned = call("response", () => response);
      expect(returned).toBe(response);
      expect([returned instanceof Response, returned.bodyUsed, returned.body?.locked]).toEqual([true, false, false]);
      expect(Object.keys(returned)).toEqual([]);
      expect(await read(returned)).toEqual(expected);
      expect(state.waiting.size).toBe(0);
      expect(Object.getOwnPropertyNames(response)).toEqual([]);
    });
    expect(result).toEqual({ output: BODY, notes: [], error: undefined });
  });
});

test("what json() parses is the output of a model call, which is read", async () => {
  const completion = {
    object: "chat.completion",
    model: "gpt-4o",
    choices: [{ message: { role: "assistant", content: "hi" }, finish_reason: "stop" }],
    usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
  };
  const { event } = await traced(async () => {
    await call("response", () => new Response(JSON.stringify(completion)), "llm").json();
  });
  expect(event("response")).toMatchObject({
    meta: { output: { messages: [{ role: "assistant", content: "hi" }] }, model_name: "gpt-4o" },
    metrics: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
  });
  expect(event("response").metrics).not.toHaveProperty("time_to_first_token");
});

test("a body that is no JSON is its text, and the parser's error the consumer's own", async () => {
  const result = await spanOf(async () => {
    const response = call("response", () => new Response("<html>"));
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });
  expect(result).toEqual({ output: "<html>", notes: [], error: undefined });
});

test("a connection that breaks is the span's error", async () => {
  const server = await loopbackServer((_, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("first");
    setTimeout(() => response.destroy(), 20);
  });
  const reads: readonly ((response: Response) => Promise<unknown>)[] = [
    (response) => response.text(),
    async (response) => {
      for await (const _ of response.body ?? []);
    },
  ];
  for (const read of reads) {
    const response = await fetch(server.origin);
    const { error } = await spanOf(async () => {
      await expect(read(call("response", () => response))).rejects.toThrow("terminated");
    });
    expect(error).toBe("terminated");
  }
});

test("cancelling the body abandons it", async () => {
  const { notes } = await spanOf(async () => {
    await call("response", local).body?.cancel();
  });
  expect(notes).toEqual(["abandoned: the consumer stopped before the end"]);
});

test("without a body it is a value, and one that is read already ends the span at once", async () => {
  const read = local();
  await read.text();
  const { events } = await traced(() => {
    call("empty", () => new Response(null, { status: 204 }));
    call("read", () => read);
    expect(state.waiting.size).toBe(0);
  });
  expect(events.map((event) => seen(event).notes)).toEqual([
    [],
    ["the stream was being consumed already; the span ends where it was returned"],
  ]);
});

test("one of another's making, whose body is a Node stream, is followed too", async () => {
  const body = new PassThrough();
  body.end("of node-fetch");
  const response = {
    status: 200,
    bodyUsed: false,
    body,
    arrayBuffer: () => undefined,
    text: async () => {
      let read = "";
      for await (const chunk of body) read += chunk;
      return read;
    },
  };
  class ForeignResponse {}
  const result = await spanOf(async () => {
    const returned = call("response", () => Object.assign(new ForeignResponse(), response));
    expect(await returned.text()).toBe("of node-fetch");
  });
  expect(result).toEqual({ output: "of node-fetch", notes: [], error: undefined });
});
