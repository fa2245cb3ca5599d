/** Where HTTP requests go: a host and port, or a Unix socket; with the path that goes before every request's own. */
export interface Origin {
  readonly secure: boolean;
  /** Without brackets for IPv6. */
  readonly hostname: string;
  readonly port: string;
  /** Empty, or a path without a slash at its end. */
  readonly basePath: string;
  readonly socketPath?: string;
}

/** Reads `http(s)://host[:port][/base]` or `unix:///path.sock`; undefined when it is neither. */
export function parseOrigin(text: string): Origin | undefined {
  let url: URL;
  try {
    url = new URL(text);
    if (url.protocol === "unix:") {
      const socketPath = decodeURIComponent(url.pathname);
      if (socketPath === "") return undefined;
      return { secure: false, hostname: "localhost", port: "", basePath: "", socketPath };
    }
  } catch {
    return undefined;
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return undefined;
  return {
    secure: url.protocol === "https:",
    hostname: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port,
    basePath: url.pathname.replace(/\/+$/, ""),
  };
}

/** Whether what is sent there stays on this machine: 127.0.0.0/8, ::1, localhost or a Unix socket. */
export function isLoopback(origin: Origin): boolean {
  const { hostname, socketPath } = origin;
  return (
    socketPath !== undefined ||
    hostname === "localhost" ||
    hostname === "::1" ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}
