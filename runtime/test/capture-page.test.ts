import { readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import stream from "node:stream";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SensitiveKeys } from "../src/capture/sensitive-keys.js";
import { Snapshot } from "../src/capture/snapshot.js";

const page = readFileSync(new URL("../../docs/capture.md", import.meta.url), "utf8");
const take = (value: unknown) => new Snapshot(new SensitiveKeys()).take(value);

/** The cells of the rows below a heading, without the backquotes. */
function rows(heading: string): string[][] {
  const [, table = ""] = page.split(`## ${heading}\n`);
  return (table.split("\n## ")[0] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .slice(1, -1)
        .split(" | ")
        .map((cell) => cell.trim().replace(/^`(.*)`$/, "$1")),
    );
}

let nodeRequestSeen: unknown;
const server = createServer({ requireHostHeader: false }, (received, response) => {
  nodeRequestSeen = received;
  response.end();
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  const { port }: AddressInfo = address;
  await new Promise<void>((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", path: "/a", headers: { accept: "a/b" }, setHost: false });
    sent.removeHeader("connection");
    sent.on("response", (response) => response.resume().on("end", resolve)).on("error", reject);
    sent.end();
  });
});

afterAll(() => {
  server.close();
});

/** What the page's examples need and a reader can guess. */
const scope = {
  stream,
  formData(...pairs: ReadonlyArray<readonly [string, string]>) {
    const data = new FormData();
    for (const [name, value] of pairs) data.append(name, value);
    return data;
  },
  nodeRequest: () => nodeRequestSeen,
  otherRealm: (code: string): unknown => runInNewContext(code),
  shared: (make: (one: object) => unknown) => make({ a: 1 }),
  circular(make: (self: object) => object) {
    const self = {};
    return Object.assign(self, make(self));
  },
  revokedProxy() {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
};

describe("docs/capture.md", () => {
  const found = rows("What a value becomes");

  test("has its table", () => expect(found.length).toBeGreaterThan(35));

  test.each(found)("%s", (expression, becomes) => {
    // The page is text, and this is the one place that runs it.
    const value: unknown = new Function(...Object.keys(scope), `return (${expression})`)(...Object.values(scope));
    expect(JSON.stringify(take(value))).toBe(becomes);
  });

  test("says the limits that hold", () => {
    const text = "x".repeat(1_048_586);
    expect(take(text)).toBe(`${text.slice(10)}…[truncated 10]`);
    const list = Array.from({ length: 1002 }, (_, index) => index);
    expect(take(list)).toEqual([...list.slice(0, 1000), "…[truncated 2]"]);
    const object = Object.fromEntries(list.map((index) => [`k${index}`, 1]));
    const taken = Object.entries(Object(take(object)));
    expect(taken).toHaveLength(1001);
    expect(taken.at(-1)).toEqual(["…", "…[truncated 2]"]);
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
    expect(JSON.stringify(take(nested(12)))).toBe(`${"[".repeat(12)}1${"]".repeat(12)}`);
    expect(JSON.stringify(take(nested(13)))).toBe(`${"[".repeat(12)}"[Too deep]"${"]".repeat(12)}`);
  });
});
