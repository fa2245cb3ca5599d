import type { ClientRequest } from "node:http";
import type { Agent, RequestOptions } from "node:https";
import type { Duplex } from "node:stream";
import { builtin } from "../node-builtins.js";
import type { HttpProxy } from "./proxy.js";

type Connected = (error: Error | null, stream: Duplex) => void;

/**
 * An agent whose TLS connections run through a proxy, asked for with CONNECT:
 * https://www.rfc-editor.org/rfc/rfc9110#name-connect
 * Like all of ours they do not keep the process. Undefined where the platform is not Node.
 *
 * @param opened is given each request to the proxy, so that it can be ended
 */
export function tunnelAgent(
  proxy: HttpProxy,
  timeoutMs: number,
  opened: (request: ClientRequest) => void,
): Agent | undefined {
  const https = builtin("node:https");
  const tls = builtin("node:tls");
  const stream = builtin("node:stream");
  const client = proxy.origin.secure ? https : builtin("node:http");
  if (https === undefined || tls === undefined || stream === undefined || client === undefined) return undefined;
  const { hostname, port } = proxy.origin;
  const { connect: startTls } = tls;
  // Goes with an error, where nobody looks at it.
  const nobody = new stream.Duplex();

  const connect = (target: string): ClientRequest =>
    client.request({
      method: "CONNECT",
      hostname,
      ...(port !== "" && { port }),
      path: target,
      headers: { Host: target, ...proxy.headers },
      agent: false,
      timeout: timeoutMs,
    });

  class TunnelAgent extends https.Agent {
    override createConnection(options: RequestOptions, connected: Connected = () => {}): undefined {
      const host = options.host ?? "";
      const servername = options.servername ?? host;
      const request = connect(`${host.includes(":") ? `[${host}]` : host}:${options.port ?? 443}`);
      const refused = (status: number | undefined) =>
        connected(new Error(`the proxy answered with status ${status}`), nobody);
      opened(request);
      request.on("socket", (socket) => socket.unref());
      request.on("timeout", () => request.destroy(new Error("the proxy did not answer")));
      request.on("error", (error) => connected(error, nobody));
      request.on("response", (response) => {
        response.resume();
        refused(response.statusCode);
      });
      request.on("connect", ({ statusCode }, socket) => {
        if (statusCode === 200) {
          connected(null, startTls({ socket, servername, ALPNProtocols: ["http/1.1"] }));
          return;
        }
        socket.destroy();
        refused(statusCode);
      });
      request.end();
    }
  }
  return new TunnelAgent({ keepAlive: true, maxSockets: 4 });
}
