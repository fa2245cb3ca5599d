import { builtin } from "../node-builtins.js";

/** What an object is by its inner nature, whatever its prototype says and whichever realm made it. */
export type Brand =
  | "Date"
  | "Error"
  | "Map"
  | "Set"
  | "RegExp"
  | "Boxed"
  | "Bytes"
  | "Headers"
  | "URLSearchParams"
  | "Request"
  | "Response"
  | "NodeRequest"
  | "NodeStream"
  | "Other";

const types = builtin("node:util")?.types;

/** Where the platform can't tell, nothing is. */
export const isProxy: (value: object) => boolean = types?.isProxy ?? (() => false);

/** May run the object's own code; throws what that throws. Not for proxies. */
export function brandOf(value: object): Brand {
  return (types === undefined ? brandByName(value) : nativeBrand(types, value)) ?? webBrand(value) ?? nodeBrand(value);
}

function nativeBrand(known: typeof import("node:util").types, value: object): Brand | undefined {
  if (known.isDate(value)) return "Date";
  if (known.isMap(value)) return "Map";
  if (known.isSet(value)) return "Set";
  if (known.isNativeError(value) || value instanceof Error) return "Error";
  if (ArrayBuffer.isView(value) || known.isAnyArrayBuffer(value)) return "Bytes";
  if (known.isRegExp(value)) return "RegExp";
  return known.isBoxedPrimitive(value) ? "Boxed" : undefined;
}

/** For platforms without Node's own tests. */
function brandByName(value: object): Brand | undefined {
  if (value instanceof Error) return "Error";
  if (ArrayBuffer.isView(value)) return "Bytes";
  switch (Object.prototype.toString.call(value).slice(8, -1)) {
    case "Date":
      return "Date";
    case "Map":
      return "Map";
    case "Set":
      return "Set";
    case "Error":
      return "Error";
    case "RegExp":
      return "RegExp";
    case "ArrayBuffer":
    case "SharedArrayBuffer":
      return "Bytes";
    case "String":
    case "Number":
    case "Boolean":
    case "BigInt":
    case "Symbol":
      return "Boxed";
    default:
      return undefined;
  }
}

/** Classes of the web's interfaces name themselves, those of other realms and of polyfills too. */
function webBrand(value: object): Brand | undefined {
  if (!(Symbol.toStringTag in value)) return undefined;
  switch (value[Symbol.toStringTag]) {
    case "Headers":
    case "FormData":
      return "entries" in value ? "Headers" : undefined;
    case "URLSearchParams":
      return "URLSearchParams";
    case "Request":
      return "Request";
    case "Response":
      return "Response";
    default:
      return undefined;
  }
}

/** A stream of Node's leads to sockets, buffers and the server: none of them are data. */
function nodeBrand(value: object): Brand {
  if (!("pipe" in value && typeof value.pipe === "function")) return "Other";
  return "httpVersion" in value && "headers" in value ? "NodeRequest" : "NodeStream";
}
