import type { Proxies } from "../configuration/proxies.js";
import { isLoopback, type Origin, parseOrigin } from "./origin.js";

/** Through whom a request goes. */
export interface HttpProxy {
  readonly origin: Origin;
  /** With what it is to be told who we are. */
  readonly headers: Readonly<Record<string, string>>;
}

/** How an address is reached. `invalid`: the proxy that is asked for is none; `variable` names where it was. */
export type Way =
  | { readonly type: "direct" }
  | { readonly type: "proxy"; readonly proxy: HttpProxy }
  | { readonly type: "invalid"; readonly variable: string };

const DIRECT: Way = { type: "direct" };

/**
 * Over plain http a proxy reads the key with everything else, so one on another
 * machine is passed by: plain http stays on this one.
 */
export function wayTo(origin: Origin, proxies: Proxies): Way {
  const given = origin.secure ? proxies.https : proxies.http;
  if (given === undefined || origin.socketPath !== undefined || isExcluded(origin, proxies.none)) return DIRECT;
  const proxy = parseProxy(given);
  if (proxy === undefined) return { type: "invalid", variable: origin.secure ? "HTTPS_PROXY" : "HTTP_PROXY" };
  return origin.secure || isLoopback(proxy.origin) ? { type: "proxy", proxy } : DIRECT;
}

/** `http(s)://[user[:password]@]host[:port]`, or `host:port`. */
function parseProxy(text: string): HttpProxy | undefined {
  const address = text.includes("://") ? text : `http://${text}`;
  const origin = parseOrigin(address);
  if (origin === undefined || origin.socketPath !== undefined || origin.hostname === "") return undefined;
  try {
    const { username, password } = new URL(address);
    if (username === "" && password === "") return { origin, headers: {} };
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return { origin, headers: { "Proxy-Authorization": `Basic ${Buffer.from(credentials).toString("base64")}` } };
  } catch {
    // A percent sign that escapes nothing.
    return undefined;
  }
}

function isExcluded({ hostname, port, secure }: Origin, none: readonly string[]): boolean {
  const host = hostname.toLowerCase();
  const hostPort = port || (secure ? "443" : "80");
  return none.some((entry) => {
    // A second colon without brackets: an IPv6 address, which then has no port.
    const [, name = "", only] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? ["", entry];
    if (only !== undefined && only !== hostPort) return false;
    if (name === "*") return true;
    const domain = name.replace(/^\*?\./, "").replace(/^\[(.*)\]$/, "$1");
    return domain !== "" && (host === domain || host.endsWith(`.${domain}`));
  });
}
