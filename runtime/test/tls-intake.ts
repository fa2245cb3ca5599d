import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { ReceivedRequest } from "./loopback-server.js";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

/** The certificate of `tlsIntake` is made out to these, and signed by itself. */
export const TRUST = { NODE_EXTRA_CA_CERTS: fixture("intake.cert.pem") };

/** An intake behind TLS that takes everything, for `*.example.test` and localhost. */
export async function tlsIntake(): Promise<{ readonly port: number; readonly requests: ReceivedRequest[] }> {
  const requests: ReceivedRequest[] = [];
  const server = createServer(
    { key: readFileSync(fixture("intake.key.pem")), cert: readFileSync(fixture("intake.cert.pem")) },
    (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        requests.push({ method: request.method, url: request.url, headers: request.headers, body });
        response.writeHead(202).end("{}");
      });
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return { port: typeof address === "object" && address !== null ? address.port : 0, requests };
}
