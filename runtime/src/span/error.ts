import { safeString } from "../capture/snapshot.js";

/** A thrown value as the wire has it. */
export interface SpanError {
  readonly message: string;
  readonly type: string;
  /** Empty for values that are not errors. */
  readonly stack: string;
}

/** Reads any thrown value, errors of other realms and primitives too. Never throws. */
export function describeError(thrown: unknown): SpanError {
  try {
    if (typeof thrown !== "object" || thrown === null) {
      return { message: safeString(thrown), type: thrown === null ? "null" : typeof thrown, stack: "" };
    }
    const message = stringAt(thrown, "message");
    const type = stringAt(thrown, "name") ?? constructorName(thrown);
    return {
      message: message ?? stringAt(thrown, "code") ?? safeString(thrown),
      type,
      stack: stringAt(thrown, "stack") ?? "",
    };
  } catch {
    return { message: "[unreadable]", type: "Error", stack: "" };
  }
}

function stringAt(value: object, key: string): string | undefined {
  const found: unknown = Reflect.get(value, key);
  return typeof found === "string" ? found : undefined;
}

function constructorName(value: object): string {
  const name: unknown = value.constructor?.name;
  return typeof name === "string" && name !== "" ? name : "Object";
}

/** A stack begins with the error's message, which is content. */
export function framesOnly(stack: string): string {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}
