import { describe, expect, test } from "vitest";
import { readProxies } from "../src/configuration/proxies.js";
import { parseOrigin } from "../src/export/origin.js";
import { wayTo } from "../src/export/proxy.js";
import { startChild } from "./child-program.js";
import { loopbackServer } from "./loopback-server.js";
import { proxyServer } from "./proxy-server.js";
import { TRUST, tlsIntake } from "./tls-intake.js";

const AGENTLESS = { DD_LLMOBS_AGENTLESS_ENABLED: "1", DD_API_KEY: "test-key", DD_SITE: "example.test", ...TRUST };

/** Two spans, a request each, and what became of them. */
const TWO_REQUESTS = `
pipeline.push(span(1));
await pipeline.flush();
pipeline.push(span(2));
await pipeline.flush();
console.log(JSON.stringify(reporter.counters));
`;

async function run(environment: Record<string, string>, program = TWO_REQUESTS) {
  const { ended } = await startChild(program, environment);
  const { code, stdout, stderr, elapsedMs } = await ended;
  const counters: Record<string, number> = stdout === "" ? {} : JSON.parse(stdout);
  return { code, stderr, counters, elapsedMs };
}

describe("https through a proxy", () => {
  test("one tunnel to the site's host carries all requests, and the proxy reads none of them", async () => {
    const intake = await tlsIntake();
    const proxy = await proxyServer(intake.port);
    const result = await run({ ...AGENTLESS, HTTPS_PROXY: `http://${proxy.address}` });
    expect(result).toMatchObject({ code: 0, stderr: "", counters: { exported: 2, droppedExport: 0 } });
    expect(intake.requests.map(({ headers }) => [headers.host, headers["dd-api-key"]])).toEqual([
      ["llmobs-intake.example.test", "test-key"],
      ["llmobs-intake.example.test", "test-key"],
    ]);
    expect(proxy.passed.map(({ method, target }) => [method, target])).toEqual([
      ["CONNECT", "llmobs-intake.example.test:443"],
    ]);
    expect(proxy.passed[0]?.headers["proxy-authorization"]).toBeUndefined();
    expect(proxy.seen()).not.toContain("test-key");
  });

  test("a proxy is told who asks, in any spelling of its address", async () => {
    const intake = await tlsIntake();
    const proxy = await proxyServer(intake.port);
    const result = await run({
      ...AGENTLESS,
      https_proxy: `http://me:p%40ss@${proxy.address}`,
      HTTPS_PROXY: "http://x",
    });
    expect(result).toMatchObject({ code: 0, stderr: "", counters: { exported: 2 } });
    const told = `Basic ${Buffer.from("me:p@ss").toString("base64")}`;
    expect(proxy.passed.map(({ headers }) => headers["proxy-authorization"])).toEqual([told]);
    expect(intake.requests[0]?.headers["proxy-authorization"]).toBeUndefined();
  });

  test("NO_PROXY is reached directly", async () => {
    const intake = await tlsIntake();
    const proxy = await proxyServer(intake.port);
    const result = await run({
      ...AGENTLESS,
      HTTPS_PROXY: proxy.address,
      NO_PROXY: "example.org, localhost",
      DD_LLMOBS_OVERRIDE_ORIGIN: `https://localhost:${intake.port}`,
    });
    expect(result).toMatchObject({ code: 0, stderr: "", counters: { exported: 2 } });
    expect(proxy.passed).toEqual([]);
  });

  test("a proxy that refuses: the spans wait, are counted at the end, and the reason is said", async () => {
    const proxy = await proxyServer(1, "with 407");
    const program = `
      pipeline.push(span(1));
      process.on("exit", () => console.log(JSON.stringify(reporter.counters)));
    `;
    const environment = { ...AGENTLESS, HTTPS_PROXY: `http://${proxy.address}`, TEST_SHUTDOWN_TIMEOUT_MS: "5000" };
    const result = await run(environment, program);
    expect(result).toMatchObject({ code: 0, counters: { exported: 0, droppedAtExit: 1 } });
    expect(result.stderr).toContain(
      "Datadog's intake cannot be reached: the proxy answered with status 407; spans wait",
    );
    expect(result.stderr).toContain("1 spans were not sent");
  });

  test("a proxy that says nothing holds the process for the deadline and no longer", async () => {
    const proxy = await proxyServer(1, "silently");
    const result = await run(
      { ...AGENTLESS, HTTPS_PROXY: `http://${proxy.address}`, TEST_SHUTDOWN_TIMEOUT_MS: "1000" },
      `pipeline.push(span(1));`,
    );
    expect(result).toMatchObject({ code: 0, stderr: expect.stringContaining("1 spans were not sent") });
    expect(result.elapsedMs).toBeLessThan(3500);
  });

  test("an address that is none: nothing is sent past it, and it is said", async () => {
    const result = await run({ ...AGENTLESS, HTTPS_PROXY: "socks5://127.0.0.1:1080" });
    expect(result).toMatchObject({ code: 0, counters: { exported: 0, droppedExport: 2 } });
    expect(result.stderr).toBe("[llmobs] HTTPS_PROXY is not an http or https address; no spans are sent.\n");
  });
});

describe("plain http", () => {
  test("through a proxy of this machine it is given the whole address", async () => {
    const intake = await loopbackServer();
    const proxy = await proxyServer(1);
    const result = await run({
      ...AGENTLESS,
      http_proxy: `http://${proxy.address}`,
      DD_LLMOBS_OVERRIDE_ORIGIN: `${intake.origin}/base`,
    });
    expect(result).toMatchObject({ code: 0, stderr: "", counters: { exported: 2 } });
    expect(proxy.passed[0]).toMatchObject({ method: "POST", target: `${intake.origin}/base/api/v2/llmobs` });
    expect(intake.requests[0]?.headers.host).toBe(intake.origin.replace("http://", ""));
  });

  test("past a proxy of another machine, which would read the key", async () => {
    const intake = await loopbackServer();
    const result = await run({
      ...AGENTLESS,
      HTTP_PROXY: "http://192.0.2.1:3128",
      DD_LLMOBS_OVERRIDE_ORIGIN: intake.origin,
    });
    expect(result).toMatchObject({ code: 0, stderr: "", counters: { exported: 2 } });
  });

  test("to an Agent past every proxy, as the official SDK does", async () => {
    const agent = await loopbackServer();
    const proxy = await proxyServer(1);
    const result = await run({
      DD_LLMOBS_AGENTLESS_ENABLED: "0",
      DD_TRACE_AGENT_URL: agent.origin,
      HTTP_PROXY: `http://${proxy.address}`,
      HTTPS_PROXY: `http://${proxy.address}`,
    });
    expect(result).toMatchObject({ code: 0, stderr: "", counters: { exported: 2 } });
    expect(proxy.passed).toEqual([]);
  });
});

describe("which hosts NO_PROXY names", () => {
  const way = (none: string, url: string) => {
    const origin = parseOrigin(url);
    if (origin === undefined) throw new Error(`${url} is no address`);
    return wayTo(origin, readProxies({ HTTPS_PROXY: "http://127.0.0.1:1", HTTP_PROXY: "127.0.0.1:1", NO_PROXY: none }))
      .type;
  };
  test.each<[none: string, url: string, way: string]>([
    ["", "https://a.example.test", "proxy"],
    ["*", "https://a.example.test", "direct"],
    ["example.test", "https://example.test", "direct"],
    ["example.test", "https://a.example.test", "direct"],
    [".example.test", "https://a.example.test", "direct"],
    ["*.example.test", "https://a.b.example.test", "direct"],
    ["EXAMPLE.test", "https://a.Example.TEST", "direct"],
    ["ample.test", "https://a.example.test", "proxy"],
    ["a.example.test", "https://example.test", "proxy"],
    ["example.test:443", "https://example.test", "direct"],
    ["example.test:8443", "https://example.test", "proxy"],
    ["example.test:8443", "https://example.test:8443", "direct"],
    ["x, example.test  y", "https://example.test", "direct"],
    ["127.0.0.1", "http://127.0.0.1:8080", "direct"],
    ["127.0.0.1:8080", "http://127.0.0.1:8080", "direct"],
    ["::1", "http://[::1]:8080", "direct"],
    ["[::1]:8080", "http://[::1]:8080", "direct"],
    ["[::1]:9090", "http://[::1]:8080", "proxy"],
  ])("%j: %s %s", (none, url, expected) => expect(way(none, url)).toBe(expected));

  test("ALL_PROXY stands in for both, and no variable means none", () => {
    expect(readProxies({ ALL_PROXY: "a", https_proxy: "b" })).toEqual({ https: "b", http: "a", none: [] });
    expect(readProxies({ HTTPS_PROXY: "", NO_PROXY: "," })).toEqual({ none: [] });
  });
});
