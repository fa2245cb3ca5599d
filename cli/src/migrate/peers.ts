import type { Kind } from "@llmobs/transformer";

/** How a peer's wrapper is called: which argument is the function, which holds the options. */
export interface WrapperRule {
  readonly fn: 0 | 1;
  readonly options: 0 | 1;
  /** The kind, where the name of the wrapper says it; otherwise an option does. */
  readonly kind?: Kind;
}

/** What is known about another tracing SDK. Names are those it exports. */
export interface Peer {
  /** Its packages. */
  readonly packages: RegExp;
  /** Give back a traced function. */
  readonly wrappers: Readonly<Record<string, WrapperRule>>;
  /** Run a function at once, traced. */
  readonly inline: Readonly<Record<string, WrapperRule>>;
  readonly decorators: Readonly<Record<string, { readonly kind?: Kind }>>;
  /** Give their argument back, patched. */
  readonly unwraps: readonly string[];
  /** Set the SDK up or down: their statements go. */
  readonly setup: readonly string[];
  /** The option that holds the kind, and what its values are here. */
  readonly kindOption: string;
  readonly kinds: Readonly<Record<string, Kind>>;
  readonly defaultKind: Kind;
  /** Its remaining functions exist in our runtime under the same names. */
  readonly sameNames: readonly string[];
}

const FUNCTION_FIRST: WrapperRule = { fn: 0, options: 1 };
const OPTIONS_FIRST: WrapperRule = { fn: 1, options: 0 };

const OUR_KINDS: Readonly<Record<string, Kind>> = {
  workflow: "workflow",
  agent: "agent",
  llm: "llm",
  tool: "tool",
  task: "task",
  embedding: "embedding",
  retrieval: "retrieval",
};

export const PEERS = {
  "dd-trace": {
    packages: /^dd-trace(?:\/|$)/,
    wrappers: { wrap: OPTIONS_FIRST },
    inline: {},
    decorators: { decorate: {} },
    unwraps: [],
    setup: [],
    kindOption: "kind",
    kinds: OUR_KINDS,
    defaultKind: "task",
    sameNames: [
      "trace",
      "annotate",
      "annotationContext",
      "exportSpan",
      "submitEvaluation",
      "submitFeedback",
      "registerProcessor",
      "deregisterProcessor",
      "flush",
      "enable",
      "disable",
      "enabled",
    ],
  },
  langsmith: {
    packages: /^langsmith(?:\/|$)/,
    wrappers: { traceable: FUNCTION_FIRST },
    inline: {},
    decorators: {},
    unwraps: ["wrapOpenAI", "wrapSDK", "wrapAISDK"],
    setup: ["awaitPendingTraceBatches"],
    kindOption: "run_type",
    kinds: {
      chain: "workflow",
      llm: "llm",
      tool: "tool",
      retriever: "retrieval",
      embedding: "embedding",
      prompt: "task",
      parser: "task",
    },
    defaultKind: "workflow",
    sameNames: [],
  },
  langfuse: {
    packages: /^(?:langfuse(?:-[\w-]+)?|@langfuse\/[\w-]+)$/,
    wrappers: { observe: FUNCTION_FIRST },
    inline: {},
    decorators: {},
    unwraps: ["observeOpenAI"],
    setup: ["forceFlush", "flushAsync", "shutdownAsync"],
    kindOption: "asType",
    kinds: {
      generation: "llm",
      span: "task",
      agent: "agent",
      tool: "tool",
      chain: "workflow",
      retriever: "retrieval",
      embedding: "embedding",
      evaluator: "task",
      guardrail: "task",
    },
    defaultKind: "task",
    sameNames: [],
  },
  traceloop: {
    packages: /^@traceloop\//,
    wrappers: {},
    inline: {
      withWorkflow: { ...OPTIONS_FIRST, kind: "workflow" },
      withTask: { ...OPTIONS_FIRST, kind: "task" },
      withAgent: { ...OPTIONS_FIRST, kind: "agent" },
      withTool: { ...OPTIONS_FIRST, kind: "tool" },
    },
    decorators: {
      workflow: { kind: "workflow" },
      task: { kind: "task" },
      agent: { kind: "agent" },
      tool: { kind: "tool" },
    },
    unwraps: [],
    setup: ["initialize", "forceFlush"],
    kindOption: "kind",
    kinds: {},
    defaultKind: "task",
    sameNames: [],
  },
  openinference: {
    packages: /^@arizeai\//,
    wrappers: {
      withSpan: FUNCTION_FIRST,
      traceChain: { ...FUNCTION_FIRST, kind: "workflow" },
      traceAgent: { ...FUNCTION_FIRST, kind: "agent" },
      traceTool: { ...FUNCTION_FIRST, kind: "tool" },
    },
    inline: {},
    decorators: { observe: {} },
    unwraps: [],
    setup: ["register"],
    kindOption: "kind",
    kinds: {
      LLM: "llm",
      EMBEDDING: "embedding",
      CHAIN: "workflow",
      RETRIEVER: "retrieval",
      RERANKER: "retrieval",
      TOOL: "tool",
      AGENT: "agent",
      GUARDRAIL: "task",
      EVALUATOR: "task",
      PROMPT: "task",
    },
    defaultKind: "workflow",
    sameNames: [],
  },
  braintrust: {
    packages: /^(?:braintrust|@braintrust\/[\w-]+)$/,
    wrappers: { wrapTraced: FUNCTION_FIRST },
    inline: { traced: FUNCTION_FIRST },
    decorators: {},
    unwraps: ["wrapOpenAI", "wrapOpenAIv4", "wrapAnthropic", "wrapAISDK", "wrapAISDKModel", "wrapGoogleGenAI"],
    setup: ["initLogger", "flush"],
    kindOption: "type",
    kinds: { llm: "llm", tool: "tool", task: "task", function: "task", score: "task", eval: "workflow" },
    defaultKind: "task",
    sameNames: [],
  },
} as const satisfies Record<string, Peer>;

export type PeerName = keyof typeof PEERS;

export const PEER_NAMES: readonly string[] = Object.keys(PEERS);

export function isPeerName(name: string): name is PeerName {
  return Object.hasOwn(PEERS, name);
}
