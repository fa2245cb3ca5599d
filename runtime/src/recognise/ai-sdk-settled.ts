/**
 * What the promises of a `streamText` or `streamObject` result have come to, as far as
 * they have: tokens and model, which its text streams do not tell. The promises
 * themselves are not asked, as that would read the stream; the result (AI SDK 5 to 7)
 * keeps their state in properties of its own. Undefined while there is none.
 */
export function settledResult(result: object): object | undefined {
  const steps = settled(result, "_steps");
  if (steps !== undefined) return { steps, totalUsage: settled(result, "_totalUsage") };
  const object = settled(result, "_object");
  if (object === undefined) return undefined;
  return {
    object,
    usage: settled(result, "_usage"),
    response: settled(result, "_response"),
    finishReason: settled(result, "_finishReason"),
    providerMetadata: settled(result, "_providerMetadata"),
  };
}

function settled(result: object, key: string): unknown {
  const status = own(own(result, key), "status");
  return own(status, "type") === "resolved" ? own(status, "value") : undefined;
}

/** Getters are left alone. */
function own(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
}
