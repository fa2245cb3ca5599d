import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";

/** Of a request, as sent and as unpacked; the intake's own limit is 5 MiB a request. */
const MOST_BYTES = 64 << 20;
/** Nested deeper than this, what reads JSON by recursion would run out of stack. */
const DEEPEST = 500;

/** What a request did wrong, in one line, with the status that says so. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly status: 400 | 403 | 404 | 413 | 415;

  constructor(status: RequestError["status"], message: string) {
    super(message);
    this.status = status;
  }
}

const UNPACK = { gzip: promisify(gunzip), deflate: promisify(inflate), br: promisify(brotliDecompress) } as const;

/**
 * The body of a request, unpacked, never more than the limit in memory.
 * @throws RequestError
 */
export async function readBody(request: Request): Promise<Buffer> {
  const packed = await readPacked(request);
  const encoding = (request.headers.get("content-encoding") ?? "identity").trim().toLowerCase();
  if (encoding === "identity" || encoding === "") return packed;
  const unpack = encoding === "gzip" || encoding === "deflate" || encoding === "br" ? UNPACK[encoding] : undefined;
  if (unpack === undefined) throw new RequestError(415, "content-encoding must be gzip, deflate, br or identity");
  try {
    return await unpack(packed, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    throw isTooLarge ? tooLarge() : new RequestError(400, `the body is not ${encoding}`);
  }
}

async function readPacked(request: Request): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > MOST_BYTES) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.length;
      if (size > MOST_BYTES) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof RequestError ? error : new RequestError(400, "the body ended early");
  }
  return Buffer.concat(chunks);
}

function tooLarge(): RequestError {
  return new RequestError(413, `the body is larger than ${MOST_BYTES >> 20} MiB`);
}

/** @throws RequestError */
export async function readJson(request: Request): Promise<unknown> {
  const text = (await readBody(request)).toString("utf8");
  if (isTooDeep(text)) throw new RequestError(400, `JSON nested more than ${DEEPEST} deep`);
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestError(400, "the body is not JSON");
  }
}

/** Counts brackets outside of strings. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22:
        at = endOfString(text, at);
        if (at < 0) return false;
        break;
      case 0x5b:
      case 0x7b:
        if (++depth > DEEPEST) return true;
        break;
      case 0x5d:
      case 0x7d:
        depth--;
    }
  }
  return false;
}

/** The closing quote; negative where there is none. */
function endOfString(text: string, open: number): number {
  for (let end = text.indexOf('"', open + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return -1;
}
