import type { Carrier } from "../distributed/carrier.js";
import { readContext, writeContext } from "../distributed/headers.js";
import { RemoteParent } from "../distributed/remote-parent.js";
import { contextBelow } from "../distributed/trace-context.js";
import type { PublicSpan } from "../span/public-span.js";
import { state } from "../state.js";
import { ownSpan } from "./begin-span.js";

export function injectHeaders<Target extends Carrier>(carrier: Target, span?: PublicSpan): Target {
  const runtime = state.active;
  const parent = ownSpan(span) ?? state.storage.getStore()?.parentSpan;
  if (runtime === null || parent === undefined) return carrier;
  const { tagsHeaderLength, sampleRate } = runtime.settings;
  if (tagsHeaderLength === 0) return carrier;
  try {
    writeContext(carrier, contextBelow(parent, sampleRate), tagsHeaderLength);
  } catch {
    state.reporter.ignore("injectHeaders:carrier", "injectHeaders: the carrier takes no headers");
  }
  return carrier;
}

export function extractHeaders<Result>(carrier: Carrier, callback: () => Result): Result {
  const context = contextIn(carrier);
  if (context === undefined) return callback();
  const annotations = state.storage.getStore()?.annotations;
  return state.storage.run(new RemoteParent(context, annotations), callback);
}

function contextIn(carrier: Carrier) {
  const runtime = state.active;
  if (runtime === null || runtime.settings.tagsHeaderLength === 0) return undefined;
  try {
    return readContext(carrier, runtime.settings.tagsHeaderLength);
  } catch {
    state.reporter.ignore("extractHeaders:carrier", "extractHeaders: the carrier can't be read");
    return undefined;
  }
}
