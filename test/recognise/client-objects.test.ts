import { join } from "node:path";
import { expect, test } from "vitest";
import { node, workspaceFolder } from "../hosts/workspace-folder.js";
import { finishedSpans } from "./finished-spans.js";

/** A server that answers as OpenAI and Anthropic do, and counts what it is asked for. */
const SERVER = `
import { createServer } from "node:http";

const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const completion = (content) => ({
  id: "c1", object: "chat.completion", created: 1, model: "gpt-4o", usage,
  choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
});
const chunk = (delta, more = {}) => ({
  id: "c1", object: "chat.completion.chunk", created: 1, model: "gpt-4o",
  choices: [{ index: 0, delta, finish_reason: null }], ...more,
});
const chunks = [chunk({ role: "assistant", content: "" }), chunk({ content: "Hel" }), chunk({ content: "lo" }),
  { ...chunk({}), choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }, { ...chunk({}), choices: [], usage }];
const message = {
  id: "m1", type: "message", role: "assistant", model: "claude-sonnet-4", stop_reason: "end_turn", stop_sequence: null,
  content: [{ type: "text", text: "Hello" }], usage: { input_tokens: 3, output_tokens: 2 },
};
const events = [
  { type: "message_start", message: { ...message, content: [], stop_reason: null } },
  { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hel" } },
  { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "lo" } },
  { type: "content_block_stop", index: 0 },
  { type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null }, usage: { output_tokens: 2 } },
  { type: "message_stop" },
];

export let requests = 0;
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (data) => (body += data)).on("end", async () => {
    requests++;
    const { stream, model, response_format: format } = body === "" ? {} : JSON.parse(body);
    if (model === "fails") return response.writeHead(400, { "content-type": "application/json" }).end('{"error":{"message":"no such model"}}');
    const openai = request.url.includes("completions");
    if (!stream) {
      response.writeHead(200, { "content-type": "application/json" });
      return response.end(JSON.stringify(openai ? completion(format ? '{"answer":42}' : "Hello") : message));
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const each of openai ? chunks : events) {
      response.write(openai ? \`data: \${JSON.stringify(each)}\\n\\n\` : \`event: \${each.type}\\ndata: \${JSON.stringify(each)}\\n\\n\`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    response.end(openai ? "data: [DONE]\\n\\n" : "");
  });
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
export const close = () => server.close().closeAllConnections();
export const origin = \`http://127.0.0.1:\${server.address().port}\`;
`;

const PROGRAM = `
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { close, origin, requests } from "./server.mjs";

const openai = new OpenAI({ apiKey: "k", baseURL: origin + "/v1", maxRetries: 0 });
const anthropic = new Anthropic({ apiKey: "k", baseURL: origin, maxRetries: 0 });
const messages = [{ role: "user" as const, content: "Say hello" }];
const model = "gpt-4o";
const claude = { model: "claude-sonnet-4", max_tokens: 9, messages };
let last: unknown;
const keep = <Value>(value: Value): Value => {
  last = value;
  return value;
};

/** @llmobs llm */
function create(name = model) {
  return keep(openai.chat.completions.create({ model: name, messages }));
}
/** @llmobs workflow */
function handsOn() {
  const pending = create();
  return pending;
}
/** @llmobs llm */
function parse() {
  const schema = { type: "object", properties: { answer: { type: "number" } } };
  return keep(openai.chat.completions.parse({ model, messages, response_format: { type: "json_schema", json_schema: { name: "a", schema } } }));
}
/** @llmobs llm */
function createStream() {
  return keep(openai.chat.completions.create({ model, messages, stream: true, stream_options: { include_usage: true } }));
}
/** @llmobs llm */
async function openStream() {
  return keep(await openai.chat.completions.create({ model, messages, stream: true, stream_options: { include_usage: true } }));
}
/** @llmobs llm */
function helper() {
  return keep(openai.chat.completions.stream({ model, messages, stream_options: { include_usage: true } }));
}
/** @llmobs llm */
function ask() {
  return keep(anthropic.messages.create(claude));
}
/** @llmobs llm */
function askStream() {
  return keep(anthropic.messages.create({ ...claude, stream: true }));
}
/** @llmobs llm */
function converse(name = claude.model) {
  return keep(anthropic.messages.stream({ ...claude, model: name }));
}

const text = (chunk: any) => chunk.choices?.[0]?.delta?.content ?? chunk.delta?.text ?? "";
async function read(stream: AsyncIterable<unknown>, most = Infinity) {
  let all = "";
  let seen = 0;
  for await (const chunk of stream) {
    all += text(chunk);
    if (++seen === most) break;
  }
  return all;
}
const shape = (value: any) => [value === last, value.constructor.name, Object.keys(value).sort().join()];
let before = 0;
async function log(name: string, entry: unknown) {
  console.log(name, JSON.stringify(await entry), requests - before);
  before = requests;
}

const pending = create();
await log("shape", shape(pending));
await log("await", pending.then(({ choices }) => choices[0]?.message.content));
await log("again", pending.then(({ id }) => id));
await log("handed on", handsOn().then(({ id }) => id));
await log("withResponse", create().withResponse().then(({ data, response, request_id }) => [data.id, response.status, request_id]));
await log("asResponse", create().asResponse().then(async (response) => [response.bodyUsed, (await response.json()).id]));
const both = create();
await log("asResponse, then await", both.asResponse().then(async ({ status }) => [status, (await both).id]));
await log("catch", create("fails").catch((error) => [error.constructor.name, error.message]));
await log("finally", create().finally(() => undefined).then(({ id }) => id));
await log("parse", parse().then(({ choices }) => choices[0]?.message.parsed));

const stream = await createStream();
await log("stream", [stream instanceof Object, Object.keys(stream).join(), await read(stream)]);
await log("read twice", read(stream).catch((error) => error.message));
const open = await openStream();
await log("open", [...shape(open), await read(open), Object.getOwnPropertyNames(open).join()]);
await log("break", read(await openStream(), 2));
await log("tee", openStream().then((whole) => Promise.all(whole.tee().map((half) => read(half)))));
await log("toReadableStream", openStream().then((whole) => new Response(whole.toReadableStream()).text()).then((all) => all.split("\\n").length));
const aborted = await openStream();
let passed = 0;
for await (const _ of aborted) if (++passed === 2) aborted.controller.abort();
await log("abort", passed);

const runner = helper();
await log("runner", shape(runner));
let deltas = "";
runner.on("content", (delta) => (deltas += delta));
await log("final", runner.finalChatCompletion().then(({ choices }) => [choices[0]?.message.content, deltas]));
await log("runner read", read(helper()));

await log("message", ask().then(({ content }) => content));
await log("message and response", ask().withResponse().then(({ data, response }) => [data.id, response.status]));
await log("events", askStream().then((events) => read(events)));
const conversation = converse();
await log("conversation", shape(conversation).slice(0, 2));
let said = "";
conversation.on("text", (delta) => (said += delta));
await log("final message", conversation.finalMessage().then(({ content }) => [content[0]?.type, said]));
await log("conversation read", read(converse()));
await log("conversation left", read(converse(), 3));
await log("conversation fails", converse("fails").done().catch((error) => error.constructor.name));
close();
`;

const ABANDONED = ["abandoned: the consumer stopped before the end"];

test("what the clients give stays what it is, is asked for once and read once; the spans have the output", async () => {
  const folder = workspaceFolder({ "main.ts": PROGRAM, "server.mjs": SERVER });
  const args = ["--import", "@llmobs/transformer/register", "--unhandled-rejections=strict", "main.ts"];
  const untraced = await node(folder, args, { DD_LLMOBS_ENABLED: "false" });
  expect(untraced).toMatchObject({ code: 0, stderr: "" });
  expect(await node(folder, args, { LLMOBS_DIR: "spans" })).toEqual(untraced);
  const lines = untraced.stdout.trimEnd().split("\n");
  // Of each call one request; these make none themselves.
  const without = lines.filter((line) => !/ 1$/.test(line)).map((line) => /^[a-z ]+(?= )/.exec(line)?.[0]);
  expect(without).toEqual(["shape", "again", "read twice", "runner", "conversation"]);

  const spans = finishedSpans(join(folder, "spans"));
  const of = (name: string) =>
    spans
      .filter((span) => span.name === name)
      .map(({ status, meta, metrics }) => ({
        status,
        output: meta.output.messages?.map(({ content }) => content).join() ?? meta.output.value,
        tokens: metrics.total_tokens,
        timed: "time_to_first_token" in metrics,
        notes: meta.metadata._llmobs.notes ?? [],
      }));
  const whole = { status: "ok", output: "Hello", tokens: 5, timed: false, notes: [] };
  const streamed = { ...whole, timed: true };
  const left = { ...streamed, tokens: undefined, notes: ABANDONED };
  const error = { ...whole, status: "error", output: undefined, tokens: undefined };

  expect(of("create")).toEqual([whole, whole, whole, whole, whole, error, whole]);
  expect(of("handsOn")).toMatchObject([{ status: "ok", notes: [] }]);
  expect(of("parse")).toEqual([{ ...whole, output: '{"answer":42}' }]);
  expect(of("createStream")).toEqual([streamed]);
  expect(of("openStream")).toEqual([
    streamed,
    { ...left, output: "Hel" },
    streamed,
    streamed,
    { ...left, output: "Hel" },
  ]);
  expect(of("helper")).toEqual([streamed, streamed]);
  expect(of("ask")).toMatchObject([
    { status: "ok", notes: [] },
    { status: "ok", notes: [] },
  ]);
  expect(of("askStream")).toMatchObject([{ status: "ok", timed: true, notes: [] }]);
  expect(of("converse")).toMatchObject([
    { status: "ok", timed: true, notes: [] },
    { status: "ok", timed: true, notes: [] },
    { status: "ok", timed: true, notes: ABANDONED },
    { status: "error" },
  ]);
  for (const { output } of [...of("ask"), ...of("askStream")]) expect(output).toContain("Hel");
});
