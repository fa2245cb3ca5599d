/**
 * The one door to Node's built-in modules. Nothing in this package imports them
 * statically, so a bundle for a browser or an edge worker never trips over them.
 *
 * `process.getBuiltinModule` exists since Node 20.16: https://nodejs.org/api/process.html#processgetbuiltinmoduleid
 */
interface Builtins {
  readonly "node:async_hooks": typeof import("node:async_hooks");
  readonly "node:crypto": typeof import("node:crypto");
  readonly "node:fs": typeof import("node:fs");
  readonly "node:http": typeof import("node:http");
  readonly "node:https": typeof import("node:https");
  readonly "node:module": typeof import("node:module");
  readonly "node:os": typeof import("node:os");
  readonly "node:path": typeof import("node:path");
  readonly "node:stream": typeof import("node:stream");
  readonly "node:tls": typeof import("node:tls");
  readonly "node:util": typeof import("node:util");
}

interface BuiltinHost {
  readonly process?: { getBuiltinModule?<Id extends keyof Builtins>(id: Id): Builtins[Id] | undefined };
}

const host: BuiltinHost = globalThis;

/** The module, or undefined where the platform is not Node. Never throws. */
export function builtin<Id extends keyof Builtins>(id: Id): Builtins[Id] | undefined {
  try {
    return host.process?.getBuiltinModule?.(id);
  } catch {
    return undefined;
  }
}
