import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { node } from "../hosts/workspace-folder.js";
import { differences, normalise } from "./comparison.js";
import { startIntake } from "./intake.js";

const fixture = (path: string) => fileURLToPath(new URL(`fixtures/${path}`, import.meta.url));

/** A request of dd-trace 6.21. */
interface Captured {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface Event {
  readonly name: string;
  readonly trace_id: string;
  readonly parent_id: string;
  readonly _dd: Readonly<Record<string, string>>;
}

interface Envelope {
  readonly spans: readonly Event[];
}

function captured(name: string): readonly Captured[] {
  return JSON.parse(readFileSync(fixture(`captured/${name}.json`), "utf8"));
}

type Environment = Readonly<Record<string, string>>;

const SHOP: Environment = {
  DD_SERVICE: "shop-bot",
  DD_ENV: "staging",
  DD_VERSION: "1.2.3",
  DD_LLMOBS_ML_APP: "shop-app",
};

async function run(program: string, env: Environment) {
  const intake = await startIntake();
  const given = Object.entries(env).map(([key, value]) => [key, value.replace("ORIGIN", intake.origin)]);
  const output = await node(fixture("programs"), [fixture(`programs/${program}.mjs`)], Object.fromEntries(given));
  expect(output).toEqual({ code: 0, stdout: "", stderr: "" });
  return intake.requests.filter(({ url }) => url !== "/info");
}

describe.each<[string, string, Environment]>([
  [
    "through the Agent",
    "support-bot-agent",
    { DD_TRACE_AGENT_URL: "ORIGIN", DD_LLMOBS_AGENTLESS_ENABLED: "0", DD_TAGS: "team:ai" },
  ],
  ["through an Agent that was found", "support-bot-agent", { DD_TRACE_AGENT_URL: "ORIGIN", DD_TAGS: "team:ai" }],
  [
    "without an Agent",
    "support-bot-agentless",
    { DD_LLMOBS_OVERRIDE_ORIGIN: "ORIGIN", DD_LLMOBS_AGENTLESS_ENABLED: "1", DD_API_KEY: "test-key" },
  ],
])("%s", (_, name, env) => {
  test("sends what the official SDK sends, byte for byte", async () => {
    const requests = await run("support-bot", { ...SHOP, ...env });
    for (const expected of captured(name)) {
      // One request of a sort on a quiet machine; a busy one may take two.
      const sent = requests.filter(({ url }) => url === expected.url);
      const [first] = sent;
      expect([first?.method, first?.url]).toEqual([expected.method, expected.url]);
      expect(first?.headers).toMatchObject(expected.headers);
      for (const { text, headers } of sent) {
        expect(Number(headers["content-length"])).toBe(text.length);
        expect(text).toMatch(/^[ -~]*$/);
      }
      expect(JSON.stringify(normalise(joined(sent.map(({ text }) => JSON.parse(text)))))).toBe(
        JSON.stringify(normalise(expected.body)),
      );
    }
    expect(new Set(requests.map(({ url }) => url)).size).toBe(2);
  });
});

test("two services make one trace, as two of the official SDK do", async () => {
  const intake = await startIntake();
  const common = {
    DD_ENV: "prod",
    DD_VERSION: "9",
    DD_TRACE_AGENT_URL: intake.origin,
    DD_LLMOBS_AGENTLESS_ENABLED: "0",
  };
  const program = fixture("programs/two-services.mjs");
  const { PATH = "" } = process.env;
  const back = spawn(process.execPath, [program, "back"], {
    env: { PATH, ...common, DD_SERVICE: "backend", DD_LLMOBS_ML_APP: "back-app" },
  });
  onTestFinished(() => void back.kill("SIGKILL"));
  const ended = new Promise((done) => back.on("exit", done));
  const port = await new Promise<string>((done) =>
    back.stdout.once("data", (line: Buffer) => done(String(line).trim())),
  );
  const front = { DD_SERVICE: "front", DD_LLMOBS_ML_APP: "front-app", DD_LLMOBS_SAMPLE_RATE: "0.25", BACK_PORT: port };
  expect(await node(fixture("programs"), [program], { ...common, ...front })).toEqual({
    code: 0,
    stdout: "",
    stderr: "",
  });
  expect(await ended).toBe(0);

  const sent = intake.requests
    .flatMap(({ text }): readonly Envelope[] => JSON.parse(text))
    .flatMap(({ spans }) => spans);
  const expected = captured("two-services").flatMap(({ body }) => spansIn(body));
  // Ids are random, so the decision of this run may be the other one; it is the same everywhere.
  expect(new Set(sent.map(({ _dd }) => _dd.sampling_decision)).size).toBe(1);
  const comparable = (spans: readonly Event[]) => {
    const sorted = [...spans].sort((a, b) => a.name.localeCompare(b.name));
    return normalise(sorted.map((span) => ({ ...span, _dd: { ...span._dd, sampling_decision: "D" } })));
  };
  expect(differences("span", comparable(expected), comparable(sent))).toEqual([]);
});

describe("odd values, prompts, decorators and generators", () => {
  /** How each deliberate difference shows in what is sent; docs/compatibility.md tells of each under the same name. */
  const DELIBERATE: Readonly<Record<string, RegExp>> = {
    "falsy values": /^falsy_.*\.meta\.(?:input|output)\.value$/,
    "values that JSON cannot hold": /^(?:circ|big)\.|^(?:val|meta)_(?:map|error|arr|obj|buf|sym)\.meta\./,
    dates: /^(?:val|meta)_date\.meta\./,
    "toJSON in metadata": /^meta_klass\.meta\.metadata\.v\./,
    generators: /^agen\.metrics\.time_to_first_token$/,
    "experiment spans": /^exp$/,
  };

  test("differ from the official SDK's only where docs/compatibility.md says so", async () => {
    const requests = await run("values-and-prompts", {
      DD_SERVICE: "shop-bot",
      DD_TRACE_AGENT_URL: "ORIGIN",
      DD_LLMOBS_AGENTLESS_ENABLED: "0",
      DD_LLMOBS_ENABLED: "1",
    });
    const ours = spansIn(normalise(requests.flatMap(({ text }): readonly unknown[] => JSON.parse(text))));
    const official = spansIn(normalise(captured("values-and-prompts")[0]?.body));
    const of = (spans: readonly Event[], name: string) => spans.find((span) => span.name === name);
    const names = [...new Set([...official, ...ours].map(({ name }) => name))];
    const found = names.flatMap((name) =>
      differences(name, withoutIds(of(official, name)), withoutIds(of(ours, name))),
    );
    const reasons = found.map((difference) => ({
      ...difference,
      reason: Object.keys(DELIBERATE).find((reason) => DELIBERATE[reason]?.test(difference.at)),
    }));
    expect(reasons.filter(({ reason }) => reason === undefined)).toEqual([]);
    expect(new Set(reasons.map(({ reason }) => reason))).toEqual(new Set(Object.keys(DELIBERATE)));
    expect(Object.keys(DELIBERATE)).toEqual(documented("In what is sent"));
  });
});

interface Metrics {
  readonly data: { readonly type: string; readonly attributes: { readonly metrics: readonly unknown[] } };
}

/** One body with what several carried. */
function joined(bodies: readonly (readonly unknown[] | Metrics)[]): unknown {
  const documents = bodies.flatMap((body) => ("data" in body ? [body.data] : []));
  const [first] = documents;
  if (first === undefined) return bodies.flat();
  return { data: { ...first, attributes: { metrics: documents.flatMap(({ attributes }) => attributes.metrics) } } };
}

/** The names of the differences that a section of the page lists. */
function documented(section: string): readonly string[] {
  const page = readFileSync(fileURLToPath(new URL("../../docs/compatibility.md", import.meta.url)), "utf8");
  const text = page.split(`## ${section}\n`)[1]?.split("\n## ")[0] ?? "";
  return [...text.matchAll(/^\| ([^|]+?) +\|/gm)]
    .map(([, name = ""]) => name)
    .filter((name) => !/^(?:-+|difference)$/.test(name));
}

function spansIn(body: unknown): readonly Event[] {
  const envelopes: readonly Envelope[] = Array.isArray(body) ? body : [];
  return envelopes.flatMap(({ spans }) => spans);
}

/** Their order of appearance differs where a span is missing. */
function withoutIds(span: Event | undefined): unknown {
  return span && JSON.parse(JSON.stringify(span).replace(/\bid-\d+\b/g, "ID"));
}
