import { type Carrier, readHeader, writeHeader } from "./carrier.js";
import { otherTags, readDatadogTags, readTag, writeDatadogTags } from "./datadog-tags.js";
import { contextFrom, propagated } from "./propagated-keys.js";
import type { TraceContext } from "./trace-context.js";
import { otherEntries, readTraceState, writeTraceState } from "./trace-state.js";

const TRACE_ID = "x-datadog-trace-id";
const PARENT_ID = "x-datadog-parent-id";
const PRIORITY = "x-datadog-sampling-priority";
const TAGS = "x-datadog-tags";
const TRACE_PARENT = "traceparent";
const TRACE_STATE = "tracestate";

/**
 * Writes Datadog's headers and the W3C's. Where another tracer has put a trace of
 * its own into them that stays, and ours travels in its tags and state.
 *
 * @param maxTags the longest value of `x-datadog-tags`
 */
export function writeContext(carrier: Carrier, context: TraceContext, maxTags: number): void {
  const values = propagated(context);
  const { apmTraceId, parentId } = context;
  const own = apmTraceId === undefined || parentId === undefined ? undefined : { apmTraceId, parentId };

  const tags = readHeader(carrier, TAGS) ?? "";
  const datadog = readHeader(carrier, TRACE_ID);
  const isOurs = own !== undefined && (datadog === undefined || datadog === low64(own.apmTraceId));
  if (isOurs) {
    writeHeader(carrier, TRACE_ID, low64(own.apmTraceId));
    writeHeader(carrier, PARENT_ID, own.parentId);
    writeHeader(carrier, PRIORITY, "1");
  }
  const others = isOurs ? [`_dd.p.tid=${own.apmTraceId.slice(0, 16)}`, "_dd.p.dm=-0"] : otherTags(tags);
  const written = writeDatadogTags(values, others, maxTags);
  if (written !== "") writeHeader(carrier, TAGS, written);

  const state = readHeader(carrier, TRACE_STATE) ?? "";
  const parent = readHeader(carrier, TRACE_PARENT);
  if (own !== undefined && (parent === undefined || w3cTraceId(parent) === own.apmTraceId)) {
    const span = hex64(own.parentId);
    writeHeader(carrier, TRACE_PARENT, `00-${own.apmTraceId}-${span}-01`);
    const entries = ["s:1", `p:${span}`, "t.dm:-0", `t.tid:${own.apmTraceId.slice(0, 16)}`];
    writeHeader(carrier, TRACE_STATE, writeTraceState(values, entries, state));
  } else if (parent !== undefined) {
    writeHeader(carrier, TRACE_STATE, writeTraceState(values, otherEntries(state), state));
  }
}

/** Reads what any of the headers tells; undefined when none does. */
export function readContext(carrier: Carrier, maxTags: number): TraceContext | undefined {
  const header = readHeader(carrier, TAGS) ?? "";
  const tags = header.length <= maxTags ? header : "";
  const fromTags = readDatadogTags(tags);
  const values = Object.keys(fromTags).length > 0 ? fromTags : readTraceState(readHeader(carrier, TRACE_STATE) ?? "");
  return contextFrom(values, readApmTraceId(carrier, tags));
}

function readApmTraceId(carrier: Carrier, tags: string): string | undefined {
  const decimal = readHeader(carrier, TRACE_ID);
  if (decimal === undefined || !/^\d{1,20}$/.test(decimal)) return w3cTraceId(readHeader(carrier, TRACE_PARENT) ?? "");
  const high = readTag(tags, "_dd.p.tid") ?? "";
  return `${/^[0-9a-f]{16}$/.test(high) ? high : "0".repeat(16)}${hex64(decimal)}`;
}

/** The trace id of a `traceparent` header. */
function w3cTraceId(header: string): string | undefined {
  const id = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/.exec(header)?.[1];
  return id === "0".repeat(32) ? undefined : id;
}

/** The lower half of 32 hex digits, as a decimal number. */
function low64(id: string): string {
  return BigInt(`0x${id.slice(-16)}`).toString();
}

function hex64(decimal: string): string {
  return BigInt(decimal).toString(16).padStart(16, "0").slice(-16);
}
