import { type Environment, readText } from "./environment.js";

/** The proxies of the machine, as given; see `proxyFor`. */
export interface Proxies {
  /** For https addresses. */
  readonly https?: string;
  /** For http addresses. */
  readonly http?: string;
  /** Hosts that are reached directly: names, names with a dot or `*.` before them, `host:port`, or `*`. */
  readonly none: readonly string[];
}

/**
 * `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`; the lower-case
 * spelling wins, as it does with curl: https://everything.curl.dev/usingcurl/proxies/env.html
 */
export function readProxies(environment: Environment): Proxies {
  const read = (name: string) => readText(environment, name.toLowerCase()) ?? readText(environment, name);
  const all = read("ALL_PROXY");
  const https = read("HTTPS_PROXY") ?? all;
  const http = read("HTTP_PROXY") ?? all;
  const none = (read("NO_PROXY") ?? "").toLowerCase().split(/[,\s]+/);
  return {
    ...(https !== undefined && { https }),
    ...(http !== undefined && { http }),
    none: none.filter((entry) => entry !== ""),
  };
}
