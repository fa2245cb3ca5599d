/** A longer body is not read: no answer of a model is. */
const MOST_BYTES = 4 * 1_048_576;

/**
 * Bedrock's InvokeModel gives JSON as bytes, whole as `body` and streamed as
 * `chunk.bytes`, and a copy leaves bytes out: here with what they say instead. Any
 * other value as it is. Never throws.
 */
export function withByteBody(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  try {
    return withBody(value) ?? withChunk(value) ?? value;
  } catch {
    // A trap or getter threw.
    return value;
  }
}

function withBody(value: object): unknown {
  const body = bytesIn(value, "body");
  return body === undefined || own(value, "$metadata") === undefined ? undefined : { ...value, body: said(body) };
}

function withChunk(value: object): unknown {
  const chunk = own(value, "chunk");
  const bytes = typeof chunk === "object" && chunk !== null ? bytesIn(chunk, "bytes") : undefined;
  return bytes === undefined ? undefined : { chunk: { bytes: said(bytes) } };
}

function bytesIn(value: object, key: string): Uint8Array | undefined {
  const bytes = own(value, key);
  return bytes instanceof Uint8Array && bytes.length <= MOST_BYTES ? bytes : undefined;
}

/** Getters are left alone. */
function own(value: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

/** The value rather than its text, so that what is to be redacted in it can be found. */
function said(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
