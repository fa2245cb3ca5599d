import type { Ending } from "./observe/ending.js";
import { endWithError, endWithSettled } from "./observe/span-outcome.js";
import type { AttributeName, ComputedAttributes, Site } from "./site.js";
import { asText } from "./span/as-text.js";
import { hasModel } from "./span/kinds.js";
import type { Span, SpanStart } from "./span/span.js";
import { startSpan } from "./start-span.js";
import { type ActiveRuntime, state } from "./state.js";

/** Parameters by name, or the argument or arguments of a call; null without any. */
export type InputThunk = (() => unknown) | null;

/** The computed attributes of a tag; undefined without any. */
export type AttributesThunk = (() => ComputedAttributes) | undefined;

/** A traced call of an async function, which awaits its body itself and reports how that went. */
export interface OpenCall {
  run<Result>(body: () => Result): Result;
  /** Gives back the value. */
  ok<Value>(value: Value): Value;
  /** Gives back the thrown value. */
  err(thrown: unknown): unknown;
}

/** A span of compiled code with what its tag says about the end. No member throws what the body did not. */
export class CompiledSpan implements OpenCall {
  readonly span: Span;
  readonly ending: Ending;

  constructor(span: Span, ending: Ending) {
    this.span = span;
    this.ending = ending;
  }

  run<Result>(body: () => Result): Result {
    return state.storage.run(this.span, body);
  }

  ok<Value>(value: Value): Value {
    try {
      endWithSettled(this.span, value, this.ending);
    } catch (error) {
      state.reporter.internalError("ok", error);
    }
    return value;
  }

  err(thrown: unknown): unknown {
    try {
      endWithError(this.span, thrown);
    } catch (error) {
      state.reporter.internalError("err", error);
    }
    return thrown;
  }
}

const PLAIN_ENDING: Ending = { captures: true, needsResult: false, before: () => undefined };

/** Begins the span of one call. Undefined when that failed, which is counted. Never throws. */
export function openCompiledSpan(
  runtime: ActiveRuntime,
  site: Site,
  input: InputThunk,
  attributes: AttributesThunk,
): CompiledSpan | undefined {
  let span: Span | undefined;
  try {
    const computed = attributes === undefined ? undefined : evaluated(runtime, site, attributes);
    span = startSpan(runtime, spanStart(site, computed?.entry), site);
    if (span === undefined) return undefined;
    const { constants } = site;
    if (constants !== undefined) annotateWith(span, constants);
    if (computed !== undefined) annotateWith(span, computed.entry);
    // A tag that says what the input is means nothing else, whatever its expression comes to.
    const said = constants?.input !== undefined || (computed !== undefined && Object.hasOwn(computed.thunks, "input"));
    span.hidesInput = constants?.input === false;
    span.hidesOutput = constants?.output === false;
    if (input !== null && (!said || (span.hidesInput && hasModel(site.kind)))) {
      // A function's parameters by their names are in an object made for this call; a call's arguments are the program's.
      span.input = site.callee === undefined ? span.captureOwn(input()) : span.capture(input());
    }
    const plain = computed === undefined && constants === undefined;
    return new CompiledSpan(span, plain ? PLAIN_ENDING : ending(runtime, site, computed, span));
  } catch (error) {
    runtime.reporter.internalError("open", error);
    span?.finish();
    return undefined;
  }
}

type Values = Readonly<Partial<Record<AttributeName, unknown>>>;

interface Evaluated {
  readonly entry: Values;
  readonly thunks: ComputedAttributes;
}

function evaluated(runtime: ActiveRuntime, site: Site, attributes: () => ComputedAttributes): Evaluated {
  const thunks = attributes();
  const names = attributeNames(thunks).filter((name) => !site.atEnd.includes(name));
  return { entry: evaluate(runtime, site, thunks, names, undefined), thunks };
}

function ending(runtime: ActiveRuntime, site: Site, computed: Evaluated | undefined, span: Span): Ending {
  const atEnd = computed === undefined ? [] : site.atEnd;
  return {
    captures: captures(site) && !atEnd.includes("output"),
    needsResult: atEnd.length > 0,
    before(result) {
      if (computed === undefined || atEnd.length === 0) return;
      const values = evaluate(runtime, site, computed.thunks, atEnd, result);
      annotateWith(span, values);
      if (values.modelName !== undefined) span.modelName = asText(values.modelName);
      if (values.modelProvider !== undefined) span.modelProvider = asText(values.modelProvider);
      if (values.name !== undefined) span.name = asText(values.name) ?? span.name;
    },
  };
}

/** `output={false}` on a model call still has its tokens read. */
function captures({ constants, kind }: Site): boolean {
  return constants?.output === undefined || (constants.output === false && hasModel(kind));
}

/** An expression that throws costs that attribute only, is counted, and warns once a site. */
function evaluate(
  { reporter }: ActiveRuntime,
  site: Site,
  thunks: ComputedAttributes,
  names: readonly AttributeName[],
  result: unknown,
): Values {
  const values: Partial<Record<AttributeName, unknown>> = {};
  for (const name of names) {
    try {
      values[name] = thunks[name]?.(result);
    } catch (error) {
      reporter.counters.attributeErrors++;
      const reason = error instanceof Error ? error.message : "it threw";
      reporter.warnOnce(
        `attribute:${site.id}`,
        `${site.file}:${site.line}:${site.column}: attribute ${name} was left out: ${reason}`,
      );
    }
  }
  return values;
}

function attributeNames(thunks: ComputedAttributes): readonly AttributeName[] {
  const names: AttributeName[] = [];
  for (const name in thunks) if (isAttribute(name, thunks)) names.push(name);
  return names;
}

function isAttribute(name: string, thunks: ComputedAttributes): name is AttributeName {
  return Object.hasOwn(thunks, name);
}

function spanStart(site: Site, entry: Values | undefined): SpanStart {
  const { constants } = site;
  if (entry === undefined && constants === undefined) return site;
  const value = (name: "sessionId" | "mlApp" | "modelName" | "modelProvider") =>
    asText(entry?.[name] ?? constants?.[name]);
  return {
    kind: site.kind,
    name: asText(entry?.name) ?? site.name,
    sessionId: value("sessionId"),
    mlApp: value("mlApp"),
    modelName: value("modelName"),
    modelProvider: value("modelProvider"),
  };
}

/** The attributes that `annotate` knows. */
function annotateWith(span: Span, { input, output, metadata, metrics, tags, prompt, toolDefinitions }: Values): void {
  const said = {
    ...(input === undefined || input === false ? {} : { inputData: input }),
    ...(output === undefined || output === false ? {} : { outputData: output }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(metrics === undefined ? {} : { metrics }),
    ...(tags === undefined ? {} : { tags }),
    ...(prompt === undefined ? {} : { prompt }),
    ...(toolDefinitions === undefined ? {} : { toolDefinitions }),
  };
  if (Object.keys(said).length > 0) span.annotateUnchecked(said);
}
