import type { MiddlewareHandler } from "hono";
import { RequestError } from "./body.js";

export interface Access {
  /** Names this server answers to, without port; others are a page's trick to reach it (DNS rebinding). */
  readonly hosts: ReadonlySet<string>;
  /** Asked for where it listens beyond this machine. */
  readonly token: string | undefined;
}

const HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
};

/** Lets in this machine's programs and the page itself, no other page in the browser. */
export function guard(access: Access): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header("host") ?? "";
    const name = host.replace(/:\d*$/, "").toLowerCase();
    if (!access.hosts.has(name)) throw new RequestError(403, "unknown host");
    const origin = context.req.header("origin");
    if (origin !== undefined && origin !== `http://${host}`) throw new RequestError(403, "another page's request");
    const site = context.req.header("sec-fetch-site");
    const isNavigation = context.req.header("sec-fetch-mode") === "navigate" && context.req.method === "GET";
    if (
      site !== undefined &&
      site !== "same-origin" &&
      site !== "none" &&
      !(isNavigation && context.req.path === "/")
    ) {
      throw new RequestError(403, "another page's request");
    }
    await next();
    for (const [key, value] of Object.entries(HEADERS)) context.res.headers.set(key, value);
  };
}
