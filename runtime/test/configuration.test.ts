import { describe, expect, test } from "vitest";
import { type EnableOptions, resolveSettings } from "../src/configuration/settings.js";

type Row = [title: string, environment: Record<string, string>, options: EnableOptions | undefined, goesTo: string];

/** "off", or the destinations as "files:<dir>" and "datadog:<mode>". */
function describeSettings(environment: Record<string, string>, options: EnableOptions | undefined): string {
  const { enabled, destinations } = resolveSettings(environment, options);
  if (!enabled) return "off";
  const { files, datadog } = destinations;
  return [files && `files:${files.dir}`, datadog && `datadog:${datadog.mode}`].filter(Boolean).join(" ") || "nowhere";
}

describe("what turns tracing on, and where spans go", () => {
  const rows: Row[] = [
    ["nothing", {}, undefined, "off"],
    ["an API key alone", { DD_API_KEY: "k", DD_SERVICE: "s" }, undefined, "off"],
    ["empty variables", { DD_LLMOBS_ML_APP: "", LLMOBS_DIR: " ", DD_LLMOBS_AGENTLESS_ENABLED: "" }, undefined, "off"],
    ["explicitly false", { DD_LLMOBS_ENABLED: "false" }, undefined, "off"],
    ["explicitly 0", { DD_LLMOBS_ENABLED: "0", LLMOBS_DIR: "d", DD_LLMOBS_ML_APP: "a" }, undefined, "off"],
    ["False over enable()", { DD_LLMOBS_ENABLED: "False" }, { mlApp: "a", dir: "d", agentlessEnabled: true }, "off"],
    ["LLMOBS_DIR alone", { LLMOBS_DIR: "d" }, undefined, "files:d"],
    ["DD_LLMOBS_ENABLED", { DD_LLMOBS_ENABLED: "TRUE" }, undefined, "datadog:detect"],
    ["DD_LLMOBS_ENABLED=1", { DD_LLMOBS_ENABLED: "1" }, undefined, "datadog:detect"],
    ["DD_LLMOBS_ENABLED with an unknown word", { DD_LLMOBS_ENABLED: "maybe" }, undefined, "off"],
    ["DD_LLMOBS_ML_APP", { DD_LLMOBS_ML_APP: "a" }, undefined, "datadog:detect"],
    ["agentless asked", { DD_LLMOBS_AGENTLESS_ENABLED: "true" }, undefined, "datadog:agentless"],
    ["agentless refused", { DD_LLMOBS_AGENTLESS_ENABLED: "0" }, undefined, "datadog:agent"],
    ["agentless with an unknown word", { DD_LLMOBS_AGENTLESS_ENABLED: "auto" }, undefined, "datadog:detect"],
    ["enable()", {}, {}, "datadog:detect"],
    ["enable() agentless", {}, { agentlessEnabled: true }, "datadog:agentless"],
    ["enable() agent", { DD_LLMOBS_AGENTLESS_ENABLED: "1" }, { agentlessEnabled: false }, "datadog:agent"],
    ["Datadog and LLMOBS_DIR", { DD_LLMOBS_ML_APP: "a", LLMOBS_DIR: "d" }, undefined, "files:d datadog:detect"],
    ["enable({ dir })", {}, { dir: "d" }, "files:d datadog:detect"],
    ["code's folder over the environment's", { LLMOBS_DIR: "e" }, { dir: "d" }, "files:d datadog:detect"],
    [
      "LLMOBS_EXPORTERS=files",
      { LLMOBS_EXPORTERS: "files", LLMOBS_DIR: "d", DD_LLMOBS_ENABLED: "1" },
      undefined,
      "files:d",
    ],
    ["LLMOBS_EXPORTERS=files over enable()", { LLMOBS_EXPORTERS: "files", LLMOBS_DIR: "d" }, { mlApp: "a" }, "files:d"],
    [
      "LLMOBS_EXPORTERS=datadog",
      { LLMOBS_EXPORTERS: "datadog", LLMOBS_DIR: "d", DD_LLMOBS_ENABLED: "1" },
      undefined,
      "datadog:detect",
    ],
    [
      "LLMOBS_EXPORTERS with both",
      { LLMOBS_EXPORTERS: " Files , datadog", LLMOBS_DIR: "d", DD_LLMOBS_ENABLED: "1" },
      undefined,
      "files:d datadog:detect",
    ],
    ["LLMOBS_EXPORTERS turns nothing on", { LLMOBS_EXPORTERS: "files,datadog" }, undefined, "off"],
    ["LLMOBS_EXPORTERS leaving nothing", { LLMOBS_EXPORTERS: "files", DD_LLMOBS_ENABLED: "1" }, undefined, "nowhere"],
  ];
  test.each(rows)("%s", (_title, environment, options, goesTo) => {
    expect(describeSettings(environment, options)).toBe(goesTo);
  });
});

describe("values", () => {
  test("the ML app falls back to the service, then to a fixed name", () => {
    expect(resolveSettings({ DD_LLMOBS_ML_APP: "e", DD_SERVICE: "s" }, { mlApp: "c" }).mlApp).toBe("c");
    expect(resolveSettings({ DD_LLMOBS_ML_APP: "e", DD_SERVICE: "s" }, {}).mlApp).toBe("e");
    expect(resolveSettings({ DD_SERVICE: "s" }, {}).mlApp).toBe("s");
    expect(resolveSettings({}, { service: "c" }).mlApp).toBe("c");
    expect(resolveSettings({}, {}).mlApp).toBe("unnamed-ml-app");
  });

  test("code wins over the environment, and an empty string is no value", () => {
    const environment = { DD_SERVICE: "s", DD_ENV: "e", DD_VERSION: "v", DD_SITE: "Datadoghq.EU", DD_API_KEY: "k" };
    expect(
      resolveSettings(environment, { env: "", version: "2", apiKey: "c", site: "US3.datadoghq.com" }),
    ).toMatchObject({
      service: "s",
      env: "e",
      version: "2",
      destinations: { datadog: { apiKey: "c", site: "us3.datadoghq.com" } },
    });
    expect(resolveSettings(environment, {}).destinations.datadog).toMatchObject({ apiKey: "k", site: "datadoghq.eu" });
    expect(resolveSettings({}, {}).destinations.datadog).toMatchObject({ apiKey: "", site: "datadoghq.com" });
  });

  test.each([
    [{}, undefined],
    [{ DD_TRACE_AGENT_PORT: "9126" }, "http://127.0.0.1:9126"],
    [{ DD_AGENT_HOST: "agent", DD_TRACE_AGENT_PORT: "9126" }, "http://agent:9126"],
    [{ DD_AGENT_HOST: "::1" }, "http://[::1]:8126"],
    [{ DD_TRACE_URL: "http://b:1", DD_AGENT_HOST: "agent" }, "http://b:1"],
    [{ DD_TRACE_AGENT_URL: "unix:///run/apm.socket", DD_TRACE_URL: "http://b:1" }, "unix:///run/apm.socket"],
  ])("the Agent's address from %o", (environment, agentUrl) => {
    expect(resolveSettings(environment, {}).destinations.datadog?.agentUrl).toBe(agentUrl);
  });

  test("an Agent address in code wins", () => {
    const { destinations } = resolveSettings({ DD_TRACE_AGENT_URL: "http://b:1" }, { agentUrl: "http://c:1" });
    expect(destinations.datadog?.agentUrl).toBe("http://c:1");
  });

  test.each([
    ["team:ai,cost: 4 ,url:http://a:1", ["team:ai", "cost:4", "url:http://a:1"]],
    ["team:ai  tier:gold\tbare", ["team:ai", "tier:gold", "bare:"]],
    [",:x,,a:1,", ["a:1"]],
    ["", []],
  ])("DD_TAGS %j", (text, tags) => {
    expect(resolveSettings({ DD_TAGS: text }, {}).globalTags).toEqual(tags);
  });

  test("tags of the options come after, and replace in place", () => {
    const { globalTags } = resolveSettings({ DD_TAGS: "a:1,b:2" }, { tags: { c: "3", a: "9" } });
    expect(globalTags).toEqual(["a:9", "b:2", "c:3"]);
  });

  test("capture: full, what was asked, and less than full for what is misspelled", () => {
    expect(resolveSettings({}, {}).capture).toBe("full");
    expect(resolveSettings({ LLMOBS_CAPTURE: "OFF" }, {}).capture).toBe("off");
    expect(resolveSettings({ LLMOBS_CAPTURE: "off" }, { capture: "metadata" }).capture).toBe("metadata");
    const misspelled = resolveSettings({ LLMOBS_CAPTURE: "none" }, {});
    expect(misspelled.capture).toBe("metadata");
    expect(misspelled.warnings.join()).toContain("none");
  });

  test("an unknown exporter is warned about", () => {
    expect(resolveSettings({ LLMOBS_EXPORTERS: "files,s3", LLMOBS_DIR: "d" }, undefined).warnings.join()).toContain(
      "s3",
    );
  });

  test("the shutdown timeout has a default and fits a timer", () => {
    expect(resolveSettings({}, {}).shutdownTimeoutMs).toBe(5000);
    expect(resolveSettings({}, { shutdownTimeoutMs: 0 }).shutdownTimeoutMs).toBe(0);
    expect(resolveSettings({}, { shutdownTimeoutMs: Number.POSITIVE_INFINITY }).shutdownTimeoutMs).toBe(2_147_483_647);
  });

  test("the sample rate: code over environment; what is no rate is warned about", () => {
    const rate = (text: string, code?: number) => {
      const environment = { DD_LLMOBS_SAMPLE_RATE: text };
      const { sampleRate, warnings } = resolveSettings(environment, code === undefined ? {} : { sampleRate: code });
      return [sampleRate, warnings.length];
    };
    expect(resolveSettings({}, {}).sampleRate).toBe(1);
    expect([rate("0.25"), rate("0"), rate("0.25", 0.5), rate("all"), rate("1.5")]).toEqual([
      [0.25, 0],
      [0, 0],
      [0.5, 0],
      [1, 1],
      [1, 1],
    ]);
  });

  test("the longest tags header", () => {
    expect(resolveSettings({}, {}).tagsHeaderLength).toBe(512);
    expect(resolveSettings({ DD_TRACE_X_DATADOG_TAGS_MAX_LENGTH: "0" }, {}).tagsHeaderLength).toBe(0);
  });

  test("the origin override is kept as given", () => {
    const { destinations } = resolveSettings({ DD_LLMOBS_OVERRIDE_ORIGIN: "http://127.0.0.1:1/base" }, {});
    expect(destinations.datadog?.overrideOrigin).toBe("http://127.0.0.1:1/base");
  });
});

describe("options of a wrong type", () => {
  test.each([
    ['{"mlApp":1}', "mlApp"],
    ['{"agentlessEnabled":"yes"}', "agentlessEnabled"],
    ['{"apiKey":null}', "apiKey"],
    ['{"dir":{}}', "dir"],
    ['{"tags":["a:b"]}', "tags"],
    ['{"tags":null}', "tags"],
    ['{"tags":{"a":1}}', "tags.a"],
    ['{"capture":"some"}', "capture"],
    ['{"redactKeys":"ssn"}', "redactKeys"],
    ['{"redactKeys":["ssn",4]}', "redactKeys[1]"],
    ['{"shutdownTimeoutMs":"5"}', "shutdownTimeoutMs"],
    ['{"shutdownTimeoutMs":-1}', "shutdownTimeoutMs"],
    ['{"sampleRate":"1"}', "sampleRate"],
    ['{"sampleRate":1.5}', "sampleRate"],
    ['{"sampleRate":-0.1}', "sampleRate"],
    ['"x"', "options"],
    ["null", "options"],
  ])("%s", (json, field) => {
    const call = () => resolveSettings({}, JSON.parse(json));
    expect(call).toThrow(TypeError);
    expect(call).toThrow(`${field} must be`);
  });
});
