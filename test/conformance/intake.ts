import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A loopback server in the Agent's or the intake's place. It keeps what it is sent and answers 202. */
export async function startIntake(): Promise<{
  readonly origin: string;
  readonly requests: readonly ReceivedRequest[];
}> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      requests.push({ method, url, headers, text: Buffer.concat(chunks).toString("latin1") });
      response.statusCode = url === "/info" ? 200 : 202;
      response.end(url === "/info" ? '{"endpoints":["/evp_proxy/v2/"]}' : "{}");
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const { port }: AddressInfo = address;
  return { origin: `http://127.0.0.1:${port}`, requests };
}
