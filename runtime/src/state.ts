import type { SensitiveKeys } from "./capture/sensitive-keys.js";
import type { Settings } from "./configuration/settings.js";
import type { Context } from "./context/context.js";
import { createStorage, noStorage, type Storage } from "./context/storage.js";
import type { Pipeline } from "./export/pipeline.js";
import type { PromiseRecord } from "./observe/promise.js";
import type { Tap } from "./observe/tap.js";
import type { Waiting } from "./observe/waiting.js";
import type { ProcessorStage } from "./processor/stage.js";
import { Reporter } from "./report.js";

/** Tracing while it is on. */
export interface ActiveRuntime {
  readonly settings: Settings;
  readonly pipeline: Pipeline;
  readonly keys: SensitiveKeys;
  readonly reporter: Reporter;
  /** Some destination shows running spans. */
  readonly announcesStart: boolean;
}

/** What every copy of this package in a process shares. */
export interface State {
  /** Null when tracing is off: the one branch that generated code pays for then. */
  active: ActiveRuntime | null;
  /** The environment has been read. */
  configured: boolean;
  readonly storage: Storage<Context>;
  readonly reporter: Reporter;
  /** Spans that end when their result has been consumed. */
  readonly waiting: Set<Waiting>;
  /** Streams and thenables that spans wait for. */
  readonly taps: WeakMap<object, Tap>;
  /** Promises that spans wait for, and those derived from them. */
  readonly promises: WeakMap<object, PromiseRecord>;
  /** The active one, and those switched off that still have something to deliver. */
  readonly pipelines: Set<Pipeline>;
  stopWatchingExit: (() => void) | undefined;
  /** Made when the first span processor is registered. */
  stage: ProcessorStage | undefined;
  /** The context in which no spans are made: processors run in it. */
  readonly untraced: Context;
}

const KEY: unique symbol = Symbol.for("@llmobs/runtime/1");

interface Shared {
  [KEY]?: State;
}

const shared: typeof globalThis & Shared = globalThis;

/** One for all copies: an ESM and a CommonJS build, or one bundled into the app beside one in node_modules. */
export const state: State = shared[KEY] ?? {
  active: null,
  configured: false,
  storage: createStorage<Context>() ?? noStorage,
  reporter: new Reporter(),
  waiting: new Set(),
  taps: new WeakMap(),
  promises: new WeakMap(),
  pipelines: new Set(),
  stopWatchingExit: undefined,
  stage: undefined,
  untraced: { activeSpan: undefined, parentSpan: undefined, annotations: undefined },
};

shared[KEY] = state;
