import { builtin } from "../node-builtins.js";
import { ABANDONED } from "./notes.js";
import { method, property } from "./own-property.js";
import type { Refusal, Sink } from "./sink.js";

/** A readable stream of Node or of the `readable-stream` package; what can only be written to is none. */
export function isNodeStream(value: object): boolean {
  const state = property(value, "_readableState");
  return typeof state === "object" && state !== null && method(value, "emit") !== undefined;
}

/**
 * Observes a Node stream where it emits: whoever reads it, by listeners, `read()`,
 * `pipe`, `pipeline` or `for await`, has each chunk emitted as `data`. Listening
 * would start it, or hide an error that nobody handles.
 * https://nodejs.org/api/stream.html#event-data
 */
export function attachNodeStream(stream: object, sink: Sink): Refusal | undefined {
  if (property(stream, "destroyed") === true || isDisturbed(stream)) return "consumed";
  const observed = sink.properties.around(stream, "emit", (original, values) => {
    const [event, value] = values;
    if (event === "data") sink.chunk(value);
    else if (event === "end") sink.end();
    else if (event === "close" || (event === "error" && isLeaving(value))) sink.abandon(ABANDONED);
    else if (event === "error") sink.fail(value);
    return original();
  });
  return observed === true ? undefined : "unobservable";
}

/** What Node destroys a stream with when a `for await` over it is left; an aborted signal gives its reason as the cause. */
function isLeaving(error: unknown): boolean {
  return (
    typeof error === "object" &&
    error !== null &&
    property(error, "code") === "ABORT_ERR" &&
    property(error, "cause") === undefined
  );
}

/** Whether something was read of a Node or web stream. */
export function isDisturbed(stream: object): boolean {
  return ask("isDisturbed", stream) === true;
}

/** Whether a Node or web stream has failed; undefined where the platform can't tell. */
export function isErrored(stream: object): boolean | undefined {
  return ask("isErrored", stream);
}

/** https://nodejs.org/api/stream.html#streamiserroredstream */
function ask(question: "isDisturbed" | "isErrored", stream: object): boolean | undefined {
  const module = builtin("node:stream");
  const asked = module === undefined ? undefined : method(module, question);
  return asked === undefined ? undefined : Reflect.apply(asked, undefined, [stream]) === true;
}
