import { createServer } from "node:http";

/** A stand-in for Datadog on the loopback interface that takes everything. */
export async function openIntake() {
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(202).end("{}"));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => server.close().closeAllConnections(),
  };
}
