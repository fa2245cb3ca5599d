/** What the promises of a result have come to. */
export type Settled =
  | { readonly type: "resolved"; readonly value: object }
  | { readonly type: "rejected"; readonly error: unknown };

/**
 * What the promises of a `streamText` or `streamObject` result have come to: tokens,
 * model and failures, which its text streams do not tell. The promises themselves are
 * not asked, as that would read the stream; the result (AI SDK 5 to 7) keeps their
 * state in properties of its own. Undefined while they are pending.
 */
export function settledResult(result: object): Settled | undefined {
  return settledWith(result, "steps", TEXT) ?? settledWith(result, "object", OBJECT);
}

/** What is known when the steps or the object are, which come last. */
const TEXT = ["totalUsage"] as const;
const OBJECT = ["usage", "response", "finishReason", "providerMetadata"] as const;

function settledWith(result: object, last: string, before: readonly string[]): Settled | undefined {
  const state = stateOf(result, last);
  if (state?.type !== "resolved") return state;
  const known = before.map((key): readonly [string, unknown] => {
    const other = stateOf(result, key);
    return [key, other?.type === "resolved" ? other.value : undefined];
  });
  return { type: "resolved", value: { [last]: state.value, ...Object.fromEntries(known) } };
}

type State =
  | { readonly type: "resolved"; readonly value: unknown }
  | { readonly type: "rejected"; readonly error: unknown };

function stateOf(result: object, promise: string): State | undefined {
  const status = own(own(result, `_${promise}`), "status");
  const type = own(status, "type");
  if (type === "resolved") return { type, value: own(status, "value") };
  return type === "rejected" ? { type, error: own(status, "error") } : undefined;
}

/** Getters are left alone. */
function own(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
}
