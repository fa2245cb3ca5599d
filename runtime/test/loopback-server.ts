import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { ListenOptions } from "node:net";
import { onTestFinished } from "vitest";

export interface ReceivedRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface LoopbackServer {
  /** `http://127.0.0.1:<port>`; meaningless when listening on a socket file. */
  readonly origin: string;
  readonly port: number;
  /** Every request, its body read to the end, in order. */
  readonly requests: ReceivedRequest[];
}

/** A real server for one test. Without `answer` it says 202 to everything; an `answer` that does nothing hangs. */
export async function loopbackServer(
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void = (_, response) =>
    response.writeHead(202).end("{}"),
  where: ListenOptions = { port: 0, host: "127.0.0.1" },
): Promise<LoopbackServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      requests.push({ method: request.method, url: request.url, headers: request.headers, body });
      answer(request, response, requests.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(where, resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { origin: `http://127.0.0.1:${port}`, port, requests };
}
