import { createServer, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** What a proxy was asked for. */
export interface Passed {
  readonly method: string | undefined;
  readonly target: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** A real proxy on the loopback interface; it reaches every https host at `tlsPort` of this machine. */
export async function proxyServer(
  tlsPort: number,
  refuses?: "with 407" | "silently",
): Promise<{ readonly address: string; readonly passed: Passed[]; readonly seen: () => string }> {
  const passed: Passed[] = [];
  const sockets = new Set<Socket>();
  let seen = "";
  const server = createServer((request, response) => {
    passed.push({ method: request.method, target: request.url, headers: request.headers });
    const onward = httpRequest(request.url ?? "", { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", (chunk: Buffer) => {
      seen += chunk.toString("latin1");
    });
  });
  server.on("connect", (request, socket) => {
    passed.push({ method: request.method, target: request.url, headers: request.headers });
    if (refuses === "silently") return;
    if (refuses === "with 407") {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const onward = connect(tlsPort, "127.0.0.1", () => socket.write("HTTP/1.1 200 Connection established\r\n\r\n"));
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
    onward.pipe(socket).pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { address: `127.0.0.1:${port}`, passed, seen: () => seen };
}
