import { createServer, request } from "node:http";
import { MessageChannel } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { llmobs } from "../src/index.js";
import { loopbackServer } from "./loopback-server.js";
import { type Event, traced } from "./traced.js";

/** What dd-trace 6.21 sent from below an agent span (shortened from a captured request). */
const CAPTURED = {
  "x-datadog-trace-id": "6375490570172390462",
  "x-datadog-parent-id": "6375490570172390462",
  "x-datadog-sampling-priority": "1",
  "x-datadog-tags":
    "_dd.p.tid=6b033cc200000000,_dd.p.dm=-0,_dd.p.llmobs_parent_id=6375490570172390462,_dd.p.llmobs_ml_app=front-app,_dd.p.llmobs_sid=S1,_dd.p.llmobs_sr=0.25,_dd.p.llmobs_sd=0,_dd.p.llmobs_trace_id=142244204754401349758737723844007548977,_dd.p.llmobs_pagent_span_id=6375490570172390462,_dd.p.llmobs_pagent_name=lead agent",
};

const EXPECTED = {
  trace_id: "6b033cc20000000069ff154f139fd831",
  parent_id: "6375490570172390462",
  session_id: "S1",
  meta: { agent_attribution: { pagent_name: "lead agent", pagent_span_id: "6375490570172390462" } },
  _dd: { sample_rate: "0.25", sampling_decision: "0", apm_trace_id: "6b033cc200000000587a4ae50ffa5c3e" },
};

const headersOf = (carrier: object): Record<string, string> => Object.fromEntries(Object.entries(carrier));

async function injected(options = {}, program = inject): Promise<{ headers: Record<string, string>; event: Event }> {
  let headers: Record<string, string> = {};
  const { event } = await traced(() => {
    headers = program();
  }, options);
  return { headers, event: event("caller") };
}

const inject = () =>
  llmobs.agent({ name: "lead agent", sessionId: "S1" }, () =>
    llmobs.task({ name: "caller" }, () => headersOf(llmobs.injectHeaders({}))),
  );

describe("injectHeaders", () => {
  test("writes what dd-trace writes", async () => {
    const { headers, event } = await injected({ sampleRate: 0 });
    const decimal = BigInt(`0x${event.trace_id}`).toString();
    const [high, low] = [
      event._dd.apm_trace_id.slice(0, 16),
      BigInt(`0x${event._dd.apm_trace_id.slice(16)}`).toString(),
    ];
    const span = BigInt(event.span_id).toString(16).padStart(16, "0");
    const agent = event.parent_id;
    expect(headers).toEqual({
      "x-datadog-trace-id": low,
      "x-datadog-parent-id": event.span_id,
      "x-datadog-sampling-priority": "1",
      "x-datadog-tags":
        `_dd.p.tid=${high},_dd.p.dm=-0,_dd.p.llmobs_parent_id=${event.span_id},_dd.p.llmobs_ml_app=test-app,` +
        `_dd.p.llmobs_sid=S1,_dd.p.llmobs_sr=0,_dd.p.llmobs_sd=0,_dd.p.llmobs_trace_id=${decimal},` +
        `_dd.p.llmobs_pagent_span_id=${agent},_dd.p.llmobs_pagent_name=lead agent`,
      traceparent: `00-${event._dd.apm_trace_id}-${span}-01`,
      tracestate:
        `dd=s:1;p:${span};t.dm:-0;t.tid:${high};t.llmobs_parent_id:${event.span_id};t.llmobs_ml_app:test-app;` +
        `t.llmobs_sid:S1;t.llmobs_sr:0;t.llmobs_sd:0;t.llmobs_trace_id:${decimal}`,
    });
  });

  test("into a span's own headers, whichever span is active", async () => {
    await traced(() => {
      const span = llmobs.startSpan({ kind: "task" });
      llmobs.workflow(() => {
        expect(llmobs.injectHeaders({}, span)).toMatchObject({ "x-datadog-parent-id": span.spanId });
      });
      span.finish();
    });
  });

  test("into every kind of carrier, gives it back and replaces other spellings", async () => {
    await traced(() =>
      llmobs.task((span) => {
        const id = span.spanId;
        const headers = new Headers({ accept: "x" });
        expect(llmobs.injectHeaders(headers)).toBe(headers);
        expect(headers.get("x-datadog-parent-id")).toBe(id);
        const map = llmobs.injectHeaders(new Map([["X-Datadog-Parent-Id", "old"]]));
        expect([map.get("x-datadog-parent-id"), map.has("X-Datadog-Parent-Id")]).toEqual([id, false]);
        expect(llmobs.injectHeaders([["Accept", "x"]])).toContainEqual(["x-datadog-parent-id", id]);
        expect(llmobs.injectHeaders([])).toContainEqual(["x-datadog-parent-id", id]);
        const flat = llmobs.injectHeaders(["Accept", "x", "X-Datadog-Parent-Id", "old"]);
        expect(flat.slice(flat.indexOf("x-datadog-parent-id")).slice(0, 2)).toEqual(["x-datadog-parent-id", id]);
        expect(flat).not.toContain("old");
        expect(
          Object.keys(llmobs.injectHeaders({ "X-Datadog-Parent-ID": "1" })).filter((key) => /parent-id/i.test(key)),
        ).toEqual(["x-datadog-parent-id"]);
        const request = new Request("http://localhost/");
        expect(llmobs.injectHeaders(request).headers.get("x-datadog-parent-id")).toBe(id);
      }),
    );
  });

  test("again for another span: the newer one counts", async () => {
    await traced(() =>
      llmobs.workflow(() => {
        const carrier = {};
        llmobs.injectHeaders(carrier);
        llmobs.task((span) => {
          llmobs.injectHeaders(carrier);
          expect(carrier).toEqual(llmobs.injectHeaders({}));
          expect(carrier).toMatchObject({ "x-datadog-parent-id": span.spanId });
        });
      }),
    );
  });

  test("leaves another tracer's trace and adds to its tags and state", async () => {
    const foreign = {
      "x-datadog-trace-id": "1",
      "x-datadog-parent-id": "2",
      "x-datadog-sampling-priority": "-1",
      "x-datadog-tags": "_dd.p.tid=00000000000000aa,_dd.p.llmobs_sid=old,_dd.p.usr=me",
      traceparent: "00-000000000000000000000000000000aa-00000000000000bb-00",
      tracestate: "vendor=1, dd=s:-1;t.usr:me;t.llmobs_sid:old",
    };
    await traced(() =>
      llmobs.task({ sessionId: "S2" }, (span) => {
        const carrier = llmobs.injectHeaders({ ...foreign });
        const { "x-datadog-tags": tags, tracestate, ...rest } = carrier;
        const { "x-datadog-tags": _, tracestate: __, ...unchanged } = foreign;
        expect(rest).toEqual(unchanged);
        expect(tags.startsWith(`_dd.p.tid=00000000000000aa,_dd.p.usr=me,_dd.p.llmobs_parent_id=${span.spanId}`)).toBe(
          true,
        );
        expect(tracestate).toMatch(/^dd=s:-1;t\.usr:me;t\.llmobs_parent_id:\d+;.*t\.llmobs_sid:S2;.*,vendor=1$/);
        expect([tags, tracestate].join()).not.toContain("old");
      }),
    );
  });

  test("leaves out the least important beyond the limit, and what a header can't hold", async () => {
    const tagsWith = async (name: string, sessionId: string, mlApp = "app") => {
      let tags = "";
      await traced(() =>
        llmobs.agent({ name, sessionId, mlApp }, () => {
          tags = headersOf(llmobs.injectHeaders({}))["x-datadog-tags"] ?? "";
        }),
      );
      return [...tags.matchAll(/llmobs_(\w+)=/g)].map(([, key]) => key);
    };
    const all = ["parent_id", "ml_app", "sid", "sr", "sd", "trace_id", "pagent_span_id", "pagent_name"];
    expect(await tagsWith("n", "s")).toEqual(all);
    expect(await tagsWith("n".repeat(200), "s".repeat(100))).toEqual(all.slice(0, -1));
    expect(await tagsWith("n".repeat(257), "s")).toEqual(all.slice(0, -1));
    expect(await tagsWith("n", "s".repeat(400))).toEqual(["parent_id", "ml_app", "trace_id"]);
    expect(await tagsWith("a,b", "é")).toEqual(["parent_id", "ml_app", "sr", "sd", "trace_id", "pagent_span_id"]);
    expect(await tagsWith("n", "s", "x".repeat(600))).toEqual(["parent_id", "trace_id"]);
  });

  test("leaves a carrier alone without a span, with tracing off, and when it takes nothing", async () => {
    const before = llmobs.stats().ignored;
    expect(llmobs.injectHeaders({})).toEqual({});
    await traced(() => {
      expect(llmobs.injectHeaders({})).toEqual({});
      const frozen = Object.freeze({ a: "1" });
      expect(llmobs.task(() => llmobs.injectHeaders(frozen))).toBe(frozen);
    });
    expect(llmobs.stats().ignored - before).toBe(1);
  });

  test("a limit of 0 keeps everything in the process", async () => {
    process.env.DD_TRACE_X_DATADOG_TAGS_MAX_LENGTH = "0";
    try {
      expect((await injected()).headers).toEqual({});
      const { event } = await traced(() => llmobs.extractHeaders(CAPTURED, () => llmobs.task({ name: "t" }, () => 1)));
      expect(event("t").parent_id).toBe("undefined");
    } finally {
      delete process.env.DD_TRACE_X_DATADOG_TAGS_MAX_LENGTH;
    }
  });
});

describe("extractHeaders", () => {
  const below = async (carrier: object) => {
    const { event } = await traced(() => {
      expect(llmobs.extractHeaders(carrier, () => llmobs.tool({ name: "below" }, () => 7))).toBe(7);
    });
    return event("below");
  };

  test("reads what dd-trace wrote", async () => {
    const event = await below(CAPTURED);
    expect(event).toMatchObject(EXPECTED);
    expect(event.tags).toEqual(expect.arrayContaining(["ml_app:front-app", "session_id:S1"]));
  });

  test.each<[string, object]>([
    ["Headers", new Headers(CAPTURED)],
    ["a Map", new Map(Object.entries(CAPTURED))],
    ["pairs", Object.entries(CAPTURED)],
    ["a flat list", Object.entries(CAPTURED).flat()],
    ["other spellings", Object.fromEntries(Object.entries(CAPTURED).map(([key, value]) => [key.toUpperCase(), value]))],
    ["a Map of other spellings", new Map(Object.entries(CAPTURED).map(([key, value]) => [key.toUpperCase(), value]))],
    ["lists of values", Object.fromEntries(Object.entries(CAPTURED).map(([key, value]) => [key, [value]]))],
    ["bytes", Object.fromEntries(Object.entries(CAPTURED).map(([key, value]) => [key, Buffer.from(value)]))],
    ["a web request", new Request("http://localhost/", { headers: CAPTURED })],
    ["what has headers", { headers: CAPTURED }],
  ])("from %s", async (_, carrier) => {
    expect(await below(carrier)).toMatchObject(EXPECTED);
  });

  test("from tracestate alone", async () => {
    const event = await below({
      traceparent: "00-6b033cc200000000587a4ae50ffa5c3e-587a4ae50ffa5c3e-01",
      tracestate:
        "other=1,dd=t.llmobs_trace_id:142244204754401349758737723844007548977;t.llmobs_sd:0;t.llmobs_sr:0.25;t.llmobs_sid:S~1;t.llmobs_ml_app:front-app;t.llmobs_parent_id:6375490570172390462;s:1",
    });
    expect(event).toMatchObject({ ...EXPECTED, session_id: "S=1", meta: {} });
  });

  test("what was sent here comes back the same", async () => {
    const { event } = await traced(() => {
      let carrier = {};
      llmobs.agent({ name: "lead", sessionId: "S1", mlApp: "own-app" }, () => {
        carrier = llmobs.injectHeaders({});
      });
      llmobs.extractHeaders(carrier, () => {
        llmobs.task({ name: "there" }, () => 1);
        // A process that makes no span of its own passes on what it got.
        expect(llmobs.injectHeaders({})).toEqual(carrier);
      });
    });
    const [agent, there] = [event("lead"), event("there")];
    expect(there).toMatchObject({
      trace_id: agent.trace_id,
      parent_id: agent.span_id,
      session_id: "S1",
      meta: { agent_attribution: { pagent_name: "lead", pagent_span_id: agent.span_id } },
      _dd: { apm_trace_id: agent._dd.apm_trace_id, sample_rate: "1", sampling_decision: "1" },
    });
    expect(there.tags).toContain("ml_app:own-app");
  });

  test("sessions: explicit, else the parent's, else the first in the trace here, else what came", async () => {
    const { event } = await traced(() =>
      llmobs.extractHeaders(CAPTURED, () => {
        llmobs.task({ name: "came" }, () => 1);
        llmobs.task({ name: "own", sessionId: "S2" }, () => llmobs.tool({ name: "below own" }, () => 1));
      }),
    );
    expect(["came", "own", "below own"].map((name) => event(name).session_id)).toEqual(["S1", "S2", "S2"]);
    const { event: first } = await traced(() =>
      llmobs.extractHeaders(CAPTURED, () => {
        llmobs.task({ name: "own", sessionId: "S2" }, () => 1);
        llmobs.task({ name: "later" }, () => 1);
      }),
    );
    expect(first("later").session_id).toBe("S2");
  });

  test("older and partial headers", async () => {
    const tags = (text: string, more = {}) => below({ "x-datadog-tags": text, ...more });
    // Before 2026 the trace's id was that of the APM trace.
    expect(
      await tags("_dd.p.tid=6b033cc200000000,_dd.p.llmobs_parent_id=7", { "x-datadog-trace-id": "5" }),
    ).toMatchObject({ parent_id: "7", trace_id: "6b033cc2000000000000000000000005" });
    const undecided = await tags("_dd.p.llmobs_parent_id=7,_dd.p.llmobs_trace_id=99");
    expect(undecided).toMatchObject({ parent_id: "7", trace_id: "99" });
    expect(undecided._dd).not.toHaveProperty("sample_rate");
    const app = await tags("_dd.p.llmobs_parent_id=undefined,_dd.p.llmobs_ml_app=other");
    expect(app).toMatchObject({ parent_id: "undefined", _dd: { sample_rate: "1" } });
    expect(app.tags).toContain("ml_app:other");
    expect(await tags("_dd.p.llmobs_parent_id=7,_dd.p.llmobs_pagent_span_id=8")).toMatchObject({
      meta: { agent_attribution: { pagent_name: null, pagent_span_id: "8" } },
    });
    const hex = "6b033cc20000000069ff154f139fd831";
    expect(await tags(`_dd.p.llmobs_parent_id=7,_dd.p.llmobs_trace_id=${hex}`)).toMatchObject({ trace_id: hex });
  });

  test.each<[string, object]>([
    ["nothing", {}],
    ["an empty list", []],
    ["a plain trace", { "x-datadog-trace-id": "5", "x-datadog-tags": "_dd.p.dm=-0" }],
    ["nonsense", { "x-datadog-tags": ",,=,_dd.p.llmobs_parent_id=;DROP,_dd.p.llmobs_trace_id=zz", tracestate: "dd=" }],
    ["too long a header", { "x-datadog-tags": `_dd.p.llmobs_parent_id=7,${"x".repeat(600)}` }],
    ["numbers", { "x-datadog-tags": 5 }],
    [
      "a trap",
      new Proxy(
        {},
        {
          has: () => true,
          get() {
            throw new Error("trap");
          },
        },
      ),
    ],
  ])("%s makes a trace of its own", async (_, carrier) => {
    const event = await below(carrier);
    expect(event).toMatchObject({ parent_id: "undefined", trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(event.tags).toContain("ml_app:test-app");
  });

  test("no headers at all", async () => {
    // biome-ignore lint/suspicious/noExplicitAny: what an untyped caller can do
    const untyped: any = llmobs;
    await traced(() => {
      for (const carrier of [undefined, null, "text"]) expect(untyped.extractHeaders(carrier, () => 3)).toBe(3);
    });
    expect(untyped.extractHeaders(CAPTURED, () => 4)).toBe(4);
  });

  test("inside a span goes over to the other trace, and back; annotation contexts go on", async () => {
    const { event } = await traced(() =>
      llmobs.workflow({ name: "server" }, () => {
        llmobs.annotationContext({ tags: { tenant: "acme" } }, () =>
          llmobs.extractHeaders(CAPTURED, () => {
            expect(llmobs.exportSpan()).toBeUndefined();
            llmobs.task({ name: "there" }, () => 1);
          }),
        );
        llmobs.task({ name: "here" }, () => 1);
      }),
    );
    expect(event("there")).toMatchObject({ parent_id: EXPECTED.parent_id });
    expect(event("there").tags).toContain("tenant:acme");
    expect(event("here").parent_id).toBe(event("server").span_id);
  });
});

describe("between real ends", () => {
  const server = async (answer: (parent: string) => void) => {
    const listening = createServer((incoming, response) => {
      llmobs.extractHeaders(incoming, () => llmobs.tool({ name: "served" }, () => answer(incoming.url ?? "")));
      response.end("ok");
    });
    await new Promise<void>((done) => listening.listen(0, "127.0.0.1", done));
    const address = listening.address();
    return { port: typeof address === "object" ? address?.port : 0, close: () => listening.close() };
  };

  test("fetch and node:http reach a node:http server", async () => {
    const urls: string[] = [];
    const { events, event } = await traced(async () => {
      const { port, close } = await server((url) => urls.push(url));
      await llmobs.workflow({ name: "caller" }, async () => {
        await fetch(`http://127.0.0.1:${port}/fetch`, { headers: llmobs.injectHeaders({ accept: "text/plain" }) });
        await new Promise<void>((done) => {
          const sent = request(`http://127.0.0.1:${port}/get`, (response) => response.resume().on("end", done));
          llmobs.injectHeaders(sent).end();
        });
      });
      close();
    });
    expect(urls).toEqual(["/fetch", "/get"]);
    const served = events.filter(({ name }) => name === "served");
    expect(served.map(({ parent_id, trace_id }) => [parent_id, trace_id])).toEqual(
      Array(2).fill([event("caller").span_id, event("caller").trace_id]),
    );
  });

  test("a message carries its span to another thread's port", async () => {
    const { event } = await traced(async () => {
      const { port1, port2 } = new MessageChannel();
      const received = new Promise<void>((done) => {
        port2.on("message", (message: { headers: object }) => {
          llmobs.extractHeaders(message, () => llmobs.task({ name: "handled" }, () => done()));
        });
      });
      llmobs.workflow({ name: "sender" }, () => port1.postMessage({ headers: llmobs.injectHeaders({}) }));
      await received;
      port1.close();
    });
    expect(event("handled").parent_id).toBe(event("sender").span_id);
  });
});

describe("sampling", () => {
  test("is decided by trace: all spans are sent with one decision", async () => {
    const decisions = new Set<string>();
    const { events } = await traced(
      () => {
        for (let index = 0; index < 400; index++) llmobs.workflow(() => llmobs.task(() => 1));
      },
      { sampleRate: 0.25 },
    );
    expect(events).toHaveLength(800);
    const byTrace = new Map<string, Set<unknown>>();
    for (const { trace_id, _dd } of events) {
      expect(_dd.sample_rate).toBe("0.25");
      byTrace.set(trace_id, (byTrace.get(trace_id) ?? new Set()).add(_dd.sampling_decision));
    }
    for (const each of byTrace.values()) {
      expect(each.size).toBe(1);
      for (const decision of each) decisions.add(String(decision));
    }
    const kept = [...byTrace.values()].filter((each) => each.has("1")).length;
    // 400 traces at a rate of 0.25: outside of these bounds once in a million runs.
    expect(kept).toBeGreaterThan(55);
    expect(kept).toBeLessThan(150);
    expect([...decisions].sort()).toEqual(["0", "1"]);
  });

  test.each([
    [1, "1", "1"],
    [0, "0", "0"],
  ])("a rate of %d", async (sampleRate, rate, decision) => {
    const { event } = await traced(() => llmobs.task({ name: "t" }, () => 1), { sampleRate });
    expect(event("t")._dd).toMatchObject({ sample_rate: rate, sampling_decision: decision });
  });
});

test("the headers reach a server as they were written", async () => {
  const { requests, origin } = await loopbackServer();
  let carrier = {};
  await traced(() =>
    llmobs.agent({ name: "lead" }, async () => {
      carrier = llmobs.injectHeaders({});
      await fetch(origin, { headers: carrier });
    }),
  );
  expect(requests[0]?.headers).toMatchObject(carrier);
});
