import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttp2Server, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { onTestFinished } from "vitest";

/** What a provider's server says. */
export type Reply =
  | { readonly json: unknown }
  /** Server-sent events: data, or data under an event's name. */
  | { readonly events: readonly (unknown | Named)[]; readonly done?: string }
  /** One JSON value a line. */
  | { readonly lines: readonly unknown[] }
  /** https://docs.aws.amazon.com/transcribe/latest/dg/event-stream.html */
  | { readonly frames: readonly Named[] };

export class Named {
  readonly name: string;
  readonly data: unknown;

  constructor(name: string, data: unknown) {
    this.name = name;
    this.data = data;
  }
}

export interface Asked {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A provider's server for one test, on the loopback: gives back its origin. What `reply` does not know is a 404. */
export async function standIn(
  reply: (asked: Asked) => Reply | undefined,
  protocol: "http" | "http2" = "http",
): Promise<string> {
  const answer = (request: IncomingMessage | Http2ServerRequest, response: ServerResponse | Http2ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      const said = reply({ path: request.url ?? "", body: text === "" ? {} : JSON.parse(text) });
      if (said !== undefined) return send(said, response);
      response.writeHead(404);
      response.end(`no reply to ${request.url} ${text}`);
    });
  };
  const server = protocol === "http" ? createServer(answer) : createHttp2Server(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}

function send(reply: Reply, response: ServerResponse | Http2ServerResponse): void {
  const { type, chunks } = written(reply);
  response.writeHead(200, { "content-type": type });
  Readable.from(chunks).pipe(response);
}

function written(reply: Reply): { readonly type: string; readonly chunks: readonly (string | Buffer)[] } {
  if ("json" in reply) return { type: "application/json", chunks: [JSON.stringify(reply.json)] };
  if ("lines" in reply) {
    return { type: "application/x-ndjson", chunks: reply.lines.map((line) => `${JSON.stringify(line)}\n`) };
  }
  if ("frames" in reply) return { type: "application/vnd.amazon.eventstream", chunks: reply.frames.map(frame) };
  const done = reply.done === undefined ? [] : [`data: ${reply.done}\n\n`];
  return { type: "text/event-stream", chunks: [...reply.events.map(serverSentEvent), ...done] };
}

function serverSentEvent(event: unknown): string {
  if (event instanceof Named) return `event: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`;
  return `data: ${JSON.stringify(event)}\n\n`;
}

function frame({ name, data }: Named): Buffer {
  const headers = Buffer.concat([
    header(":event-type", name),
    header(":content-type", "application/json"),
    header(":message-type", "event"),
  ]);
  const payload = Buffer.from(JSON.stringify(data));
  const prelude = Buffer.alloc(8);
  prelude.writeUInt32BE(16 + headers.length + payload.length, 0);
  prelude.writeUInt32BE(headers.length, 4);
  const message = Buffer.concat([prelude, checksum(prelude), headers, payload]);
  return Buffer.concat([message, checksum(message)]);
}

function header(name: string, value: string): Buffer {
  const head = Buffer.from([name.length, ...Buffer.from(name), 7, 0, 0]);
  head.writeUInt16BE(value.length, head.length - 2);
  return Buffer.concat([head, Buffer.from(value)]);
}

function checksum(bytes: Buffer): Buffer {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(crc32(bytes), 0);
  return four;
}
