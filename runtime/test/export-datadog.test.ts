import { readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { resolveSettings } from "../src/configuration/settings.js";
import { BATCH_BYTES, Batch } from "../src/export/batch.js";
import { MAX_BODY_BYTES, maxEventBytes, SPAN_ENVELOPES } from "../src/export/envelope.js";
import { createPipeline } from "../src/export/pipeline.js";
import { VERSION } from "../src/version.js";
import { ListeningReporter } from "./listening-reporter.js";
import { loopbackServer } from "./loopback-server.js";
import { spanJson, spanRecord } from "./sample-record.js";
import { temporaryFolder } from "./temporary-folder.js";

interface CapturedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly envelope: { readonly spans: readonly unknown[] };
}

/** Requests of dd-trace 6.21.0, cut down to their first envelope. */
const captured: { readonly agentless: CapturedRequest; readonly agent: CapturedRequest } = JSON.parse(
  readFileSync(new URL("./fixtures/dd-trace-6.21-requests.json", import.meta.url), "utf8"),
);

/** A pipeline as these variables make it. */
function pipelineFor(environment: Record<string, string>, shutdownTimeoutMs = 20_000) {
  const reporter = new ListeningReporter();
  const pipeline = createPipeline(resolveSettings(environment, { shutdownTimeoutMs }), reporter);
  return { pipeline, reporter, counters: reporter.counters };
}

const AGENTLESS = { DD_LLMOBS_AGENTLESS_ENABLED: "1", DD_API_KEY: "test-key" };

/** The headers that the SDK chose, not its HTTP client or its container. */
function chosen(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { host: _h, connection: _c, "content-length": _l, "datadog-entity-id": _e, ...rest } = headers;
  return rest;
}

/** An address of this machine that is not loopback, or one that is nobody's. */
function otherAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "192.0.2.1";
}

describe("the wire", () => {
  const modes = [
    ["agentless", (origin: string) => ({ ...AGENTLESS, DD_LLMOBS_OVERRIDE_ORIGIN: origin })],
    ["agent", (origin: string) => ({ DD_LLMOBS_AGENTLESS_ENABLED: "0", DD_TRACE_AGENT_URL: origin })],
  ] as const;

  test.each(modes)("%s: path, headers and body are those of dd-trace", async (mode, environment) => {
    const server = await loopbackServer();
    const { pipeline, counters } = pipelineFor(environment(server.origin));
    const expected = captured[mode];
    const [event] = expected.envelope.spans;
    pipeline.push(spanRecord(1, JSON.stringify(event)));
    pipeline.push(spanRecord(2, JSON.stringify(event)));
    await pipeline.shutdown();

    expect(server.requests).toHaveLength(1);
    const [request] = server.requests;
    expect(request).toMatchObject({ method: "POST", url: expected.url });
    expect(chosen(request?.headers ?? {})).toEqual(chosen(expected.headers));
    expect(request?.headers["content-length"]).toBe(String(request?.body.length));
    const envelope = { ...expected.envelope, "_dd.tracer_version": VERSION };
    expect(request?.body).toBe(JSON.stringify([envelope, envelope]));
    expect(counters).toMatchObject({ exported: 2, droppedExport: 0, internalErrors: 0 });
  });

  test("the origin override holds in both modes and may have a base path", async () => {
    const server = await loopbackServer();
    const override = { DD_LLMOBS_OVERRIDE_ORIGIN: `${server.origin}/base/` };
    for (const mode of [AGENTLESS, { DD_LLMOBS_AGENTLESS_ENABLED: "0", DD_TRACE_AGENT_URL: "http://127.0.0.1:1" }]) {
      const { pipeline } = pipelineFor({ ...mode, ...override });
      pipeline.push(spanRecord(1));
      await pipeline.shutdown();
    }
    expect(server.requests.map(({ url }) => url)).toEqual(["/base/api/v2/llmobs", "/base/evp_proxy/v2/api/v2/llmobs"]);
  });

  test("an Agent on a Unix socket", async () => {
    const path = join(temporaryFolder(), "apm.socket");
    const server = await loopbackServer(undefined, { path });
    const { pipeline } = pipelineFor({ DD_LLMOBS_AGENTLESS_ENABLED: "0", DD_TRACE_AGENT_URL: `unix://${path}` });
    pipeline.push(spanRecord(1));
    await pipeline.shutdown();
    expect(server.requests.map(({ url }) => url)).toEqual(["/evp_proxy/v2/api/v2/llmobs"]);
  });

  test("one connection carries request after request", async () => {
    const ports = new Set<number | undefined>();
    const server = await loopbackServer((request, response) => {
      ports.add(request.socket.remotePort);
      response.writeHead(202).end("{}");
    });
    const { pipeline } = pipelineFor({ ...AGENTLESS, DD_LLMOBS_OVERRIDE_ORIGIN: server.origin });
    for (let i = 0; i < 5; i++) {
      pipeline.push(spanRecord(i));
      await pipeline.flush();
    }
    await pipeline.shutdown();
    expect(server.requests).toHaveLength(5);
    expect(ports.size).toBe(1);
  });

  test("many spans: no request over its limits, none missing, none twice", async () => {
    const server = await loopbackServer();
    const { pipeline, counters } = pipelineFor({ ...AGENTLESS, DD_LLMOBS_OVERRIDE_ORIGIN: server.origin });
    for (let i = 0; i < 5000; i++) pipeline.push(spanRecord(i));
    await pipeline.shutdown();
    const ids: string[] = [];
    for (const { body } of server.requests) {
      const envelopes: Array<{ spans: [{ span_id: string }] }> = JSON.parse(body);
      expect(envelopes.length).toBeLessThanOrEqual(1000);
      for (const { spans } of envelopes) ids.push(spans[0].span_id);
    }
    expect(ids).toEqual(Array.from({ length: 5000 }, (_, i) => String(i)));
    expect(counters.exported).toBe(5000);
  });

  test("the longest event fills a request to the byte", () => {
    const json = `"${"x".repeat(maxEventBytes(MAX_BODY_BYTES) - 2)}"`;
    expect(Batch.of(SPAN_ENVELOPES, "span", json).size).toBe(MAX_BODY_BYTES);
  });

  test("spans of many sizes: no request of several is over a mebibyte, none is missing, the order stays", async () => {
    const server = await loopbackServer();
    const { pipeline, counters } = pipelineFor({ ...AGENTLESS, DD_LLMOBS_OVERRIDE_ORIGIN: server.origin });
    const sizes = [10, 900_000, 200_000, 2_000_000, 10, 5_000_000, 600_000, 600_000, 10];
    for (const [id, size] of sizes.entries()) pipeline.push(spanRecord(id, spanJson(id, size)));
    await pipeline.shutdown();
    const ids: string[] = [];
    for (const { body } of server.requests) {
      const envelopes: Array<{ spans: [{ span_id: string }] }> = JSON.parse(body);
      if (envelopes.length > 1) expect(body.length).toBeLessThanOrEqual(BATCH_BYTES);
      for (const { spans } of envelopes) ids.push(spans[0].span_id);
    }
    expect(ids).toEqual(sizes.map((_, id) => String(id)));
    expect(counters.exported).toBe(sizes.length);
  });

  test("what is not ASCII is escaped, and read back the same", async () => {
    const server = await loopbackServer();
    const { pipeline } = pipelineFor({ ...AGENTLESS, DD_LLMOBS_OVERRIDE_ORIGIN: server.origin });
    const texts = ["é", "日本語", "😀 and more", "x".repeat(3000), "ÿ".repeat(400_000), "\u0000\u007f\u0080", "\ud83d"];
    for (const text of texts) pipeline.push(spanRecord(1, JSON.stringify({ text })));
    await pipeline.shutdown();
    const bodies = server.requests.map(({ body }) => body);
    for (const body of bodies) expect(Buffer.byteLength(body)).toBe(body.length);
    const envelopes = bodies.flatMap((body): Array<{ spans: [{ text: string }] }> => JSON.parse(body));
    expect(envelopes.map(({ spans }) => spans[0].text)).toEqual(texts);
  });

  test("a span that fits into no request is dropped, counted and said", async () => {
    const server = await loopbackServer();
    const { pipeline, reporter } = pipelineFor({ ...AGENTLESS, DD_LLMOBS_OVERRIDE_ORIGIN: server.origin });
    pipeline.push(spanRecord(1, `"${"x".repeat(maxEventBytes(MAX_BODY_BYTES))}"`));
    pipeline.push(spanRecord(2));
    await pipeline.shutdown();
    expect(reporter.counters).toMatchObject({ exported: 1, droppedExport: 1 });
    expect(reporter.said).toEqual([expect.stringContaining("is more than Datadog takes")]);
  });
});

describe("finding out where to send", () => {
  test("an Agent whose /info offers it gets the spans, those made before the answer too", async () => {
    const server = await loopbackServer((request, response) => {
      const info = { endpoints: ["/v0.4/traces", "/evp_proxy/v2/"] };
      if (request.url === "/info") setTimeout(() => response.end(JSON.stringify(info)), 200);
      else response.writeHead(202).end();
    });
    const { pipeline, counters } = pipelineFor({ DD_LLMOBS_ENABLED: "1", DD_TRACE_AGENT_URL: server.origin });
    pipeline.push(spanRecord(1));
    await pipeline.shutdown();
    expect(server.requests.map(({ url }) => url)).toEqual(["/info", "/evp_proxy/v2/api/v2/llmobs"]);
    expect(counters.exported).toBe(1);
  });

  test.each([
    ["an Agent without the endpoint", 200, '{"endpoints":["/v0.4/traces","/evp_proxy/v1/"]}'],
    ["an Agent that answers nonsense", 200, "<html>"],
    ["an Agent without /info", 404, '{"endpoints":["/evp_proxy/v2/"]}'],
  ])("%s: straight to Datadog with the key", async (_title, status, info) => {
    const agent = await loopbackServer((_, response) => response.writeHead(status).end(info));
    const intake = await loopbackServer();
    const { pipeline } = pipelineFor({
      DD_LLMOBS_ENABLED: "1",
      DD_API_KEY: "k",
      DD_TRACE_AGENT_URL: agent.origin,
      DD_LLMOBS_OVERRIDE_ORIGIN: intake.origin,
    });
    pipeline.push(spanRecord(1));
    await pipeline.shutdown();
    expect(agent.requests.map(({ url }) => url)).toEqual(["/info"]);
    expect(intake.requests.map(({ url }) => url)).toEqual(["/api/v2/llmobs"]);
  });

  test("an Agent that never answers: straight to Datadog after two seconds", async () => {
    const agent = await loopbackServer(() => {});
    const intake = await loopbackServer();
    const { pipeline, counters } = pipelineFor({
      DD_LLMOBS_ENABLED: "1",
      DD_API_KEY: "k",
      DD_TRACE_AGENT_URL: agent.origin,
      DD_LLMOBS_OVERRIDE_ORIGIN: intake.origin,
    });
    pipeline.push(spanRecord(1));
    await pipeline.shutdown();
    expect(intake.requests).toHaveLength(1);
    expect(counters.exported).toBe(1);
  });

  const nowhere: Array<[title: string, environment: Record<string, string>, said: string]> = [
    ["no Agent and no key", { DD_LLMOBS_ENABLED: "1", DD_TRACE_AGENT_URL: "http://127.0.0.1:1" }, "no Datadog Agent"],
    ["agentless without a key", { DD_LLMOBS_AGENTLESS_ENABLED: "1" }, "DD_API_KEY is not set"],
    ["an override that is no address", { ...AGENTLESS, DD_LLMOBS_OVERRIDE_ORIGIN: "nowhere" }, "OVERRIDE_ORIGIN"],
    ["an Agent that is no address", { DD_LLMOBS_AGENTLESS_ENABLED: "0", DD_TRACE_AGENT_URL: "::" }, "address"],
    ["a site that is no host", { ...AGENTLESS, DD_SITE: "a b" }, "DD_SITE"],
  ];
  test.each(nowhere)("%s: said once, counted, nothing encoded", async (_title, environment, said) => {
    const { pipeline, reporter } = pipelineFor(environment);
    let encoded = 0;
    const record = { ...spanRecord(1), encode: () => `{"n":${++encoded}}` };
    pipeline.push(record);
    await pipeline.flush();
    pipeline.push(record);
    await pipeline.shutdown();
    expect(reporter.counters).toMatchObject({ exported: 0, droppedExport: 2, internalErrors: 0 });
    expect(reporter.said).toEqual([expect.stringContaining(said)]);
    expect(encoded).toBe(0);
  });

  test("the key is not sent over plain http to another machine", async () => {
    const host = otherAddress();
    const where = host === "192.0.2.1" ? { port: 0, host: "127.0.0.1" } : { port: 0, host };
    const server = await loopbackServer(undefined, where);
    const { pipeline, reporter } = pipelineFor({
      ...AGENTLESS,
      DD_LLMOBS_OVERRIDE_ORIGIN: `http://${host}:${server.port}`,
    });
    pipeline.push(spanRecord(1));
    await pipeline.shutdown();
    expect(server.requests).toEqual([]);
    expect(reporter.counters).toMatchObject({ exported: 0, droppedExport: 1 });
    expect(reporter.said).toEqual([expect.stringContaining("plain http")]);
  });

  test.each(["localhost", "127.8.9.1", "[::1]"])("%s is this machine", async (host) => {
    const { pipeline, reporter } = pipelineFor({ ...AGENTLESS, DD_LLMOBS_OVERRIDE_ORIGIN: `http://${host}:1` }, 50);
    pipeline.push(spanRecord(1));
    await pipeline.shutdown();
    expect(reporter.said.filter((text) => text.includes("plain http"))).toEqual([]);
  });

  test.each(["127.0.0.1.example.org", "127.example.org", "localhost.example.org", "[::2]"])(
    "%s is not",
    async (host) => {
      const { pipeline, reporter } = pipelineFor({ ...AGENTLESS, DD_LLMOBS_OVERRIDE_ORIGIN: `http://${host}:1` }, 50);
      pipeline.push(spanRecord(1));
      await pipeline.shutdown();
      expect(reporter.said).toEqual([expect.stringContaining("plain http")]);
    },
  );
});

describe("failing", () => {
  test("503 twice, then 202: delivered once", async () => {
    const server = await loopbackServer((_, response, count) => response.writeHead(count <= 2 ? 503 : 202).end());
    const { pipeline, counters } = pipelineFor({ ...AGENTLESS, DD_LLMOBS_OVERRIDE_ORIGIN: server.origin });
    pipeline.push(spanRecord(1));
    await pipeline.flush();
    expect(server.requests).toHaveLength(3);
    expect(new Set(server.requests.map(({ body }) => body)).size).toBe(1);
    expect(counters).toMatchObject({ exported: 1, droppedExport: 0 });
    await pipeline.shutdown();
    expect(server.requests).toHaveLength(3);
  });

  test.each([
    ["seconds", () => "1"],
    ["a date", () => new Date(Date.now() + 2000).toUTCString()],
  ])("429 with Retry-After in %s is waited for", async (_title, retryAfter) => {
    const times: number[] = [];
    const server = await loopbackServer((_, response, count) => {
      times.push(performance.now());
      response.writeHead(count === 1 ? 429 : 202, { "Retry-After": retryAfter() }).end();
    });
    const { pipeline, counters } = pipelineFor({ ...AGENTLESS, DD_LLMOBS_OVERRIDE_ORIGIN: server.origin });
    pipeline.push(spanRecord(1));
    await pipeline.shutdown();
    expect(server.requests).toHaveLength(2);
    // Unasked, the first wait is 250 ms at most.
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(900);
    expect(counters.exported).toBe(1);
  });

  test.each([400, 403, 413])("%i is final: not tried again, counted, said", async (status) => {
    const server = await loopbackServer((_, response) => response.writeHead(status).end("no"));
    const { pipeline, reporter } = pipelineFor({ ...AGENTLESS, DD_LLMOBS_OVERRIDE_ORIGIN: server.origin });
    pipeline.push(spanRecord(1));
    await pipeline.flush();
    pipeline.push(spanRecord(2));
    await pipeline.shutdown();
    expect(server.requests).toHaveLength(2);
    expect(reporter.counters).toMatchObject({ exported: 0, droppedExport: 2 });
    expect(reporter.said).toEqual([expect.stringContaining(`status ${status}`)]);
  });

  test.each([408, 500])("%i for longer than it takes to say so: delivered once it is over", async (status) => {
    const server = await loopbackServer((_, response, count) => response.writeHead(count <= 6 ? status : 202).end());
    const { pipeline, reporter } = pipelineFor({ ...AGENTLESS, DD_LLMOBS_OVERRIDE_ORIGIN: server.origin });
    pipeline.push(spanRecord(1));
    await pipeline.flush();
    expect(server.requests).toHaveLength(7);
    expect(reporter.counters).toMatchObject({ exported: 1, droppedExport: 0 });
    expect(reporter.said).toEqual([expect.stringContaining(`status ${status}; spans wait`)]);
    await pipeline.shutdown();
  });

  test("connection refused: spans wait, and are counted when nobody waits any longer", async () => {
    const environment = { ...AGENTLESS, DD_LLMOBS_OVERRIDE_ORIGIN: "http://127.0.0.1:1" };
    const { pipeline, reporter } = pipelineFor(environment, 300);
    pipeline.push(spanRecord(1));
    await pipeline.flush();
    expect(pipeline.outstanding).toBe(1);
    await pipeline.shutdown();
    expect(reporter.counters).toMatchObject({ exported: 0, droppedExport: 1, internalErrors: 0 });
  });

  test("a connection cut without an answer is tried again", async () => {
    const server = await loopbackServer((request, response, count) => {
      if (count === 1) request.socket.destroy();
      else response.writeHead(202).end();
    });
    const { pipeline, counters } = pipelineFor({ ...AGENTLESS, DD_LLMOBS_OVERRIDE_ORIGIN: server.origin });
    pipeline.push(spanRecord(1));
    await pipeline.flush();
    expect(counters).toMatchObject({ exported: 1, droppedExport: 0 });
  });

  test("an answer whose body never ends holds nothing up", async () => {
    const server = await loopbackServer((_, response) => response.writeHead(202).write("{"));
    const { pipeline, counters } = pipelineFor({ ...AGENTLESS, DD_LLMOBS_OVERRIDE_ORIGIN: server.origin });
    for (let i = 0; i < 3; i++) {
      pipeline.push(spanRecord(i));
      await pipeline.flush();
    }
    expect(counters.exported).toBe(3);
    await pipeline.shutdown();
  });

  test("a key that no header can carry is counted, not thrown", async () => {
    const server = await loopbackServer();
    const { pipeline, counters } = pipelineFor({
      ...AGENTLESS,
      DD_API_KEY: "a\nb",
      DD_LLMOBS_OVERRIDE_ORIGIN: server.origin,
    });
    pipeline.push(spanRecord(1));
    await pipeline.flush();
    expect(counters).toMatchObject({ exported: 0, droppedExport: 1, internalErrors: 0 });
  });

  test("a server that hangs: flush ends at its deadline, shutdown gives up and counts", async () => {
    const server = await loopbackServer(() => {});
    const { pipeline, counters } = pipelineFor({ ...AGENTLESS, DD_LLMOBS_OVERRIDE_ORIGIN: server.origin }, 300);
    pipeline.push(spanRecord(1));
    const start = performance.now();
    await pipeline.flush();
    expect(performance.now() - start).toBeLessThan(1300);
    expect(pipeline.outstanding).toBe(1);
    await pipeline.shutdown();
    expect(counters).toMatchObject({ exported: 0, droppedExport: 1 });
  });
});
