import type { Json, JsonObject } from "../json.js";
import { number, present, text } from "./fields.js";
import type { Recognised } from "./recogniser.js";

/** What a provider's answer says, as its recogniser found it; each may be missing or of another type. */
interface Answer {
  readonly messages: readonly JsonObject[];
  readonly model?: Json | undefined;
  readonly provider: string | undefined;
  readonly usage: Readonly<Record<string, Json | undefined>>;
  readonly finishReasons?: readonly (Json | undefined)[];
  readonly toolDefinitions?: readonly JsonObject[] | undefined;
}

/** The answer of a chat model in the forms of the wire. */
export function described({ messages, model, provider, usage, finishReasons, toolDefinitions }: Answer): Recognised {
  const finished = finishReasons?.map(text).filter((reason) => reason !== undefined) ?? [];
  const modelName = text(model);
  return {
    outputMessages: messages,
    ...(modelName === undefined || modelName === "" ? {} : { modelName }),
    ...(provider === undefined ? {} : { modelProvider: provider }),
    metrics: counts(usage),
    ...(finished.length === 0 ? {} : { metadata: { finish_reason: finished.join(",") } }),
    ...(toolDefinitions === undefined ? {} : { toolDefinitions }),
  };
}

/** The numeric ones of a provider's usage, under the wire's names; a total that is not said is the sum. */
export function counts(usage: Readonly<Record<string, Json | undefined>>): Readonly<Record<string, number>> {
  const { input_tokens: input, output_tokens: output, total_tokens: total } = usage;
  const sum = typeof input === "number" && typeof output === "number" ? input + output : undefined;
  const all = { ...usage, total_tokens: number(total) ?? sum };
  return present(Object.fromEntries(Object.entries(all).map(([name, value]) => [name, number(value)])));
}

/** The sum of counts of which some may be missing; undefined without the first, as the others only add to it. */
export function added(first: Json | undefined, ...more: readonly (Json | undefined)[]): number | undefined {
  if (typeof first !== "number") return undefined;
  return more.reduce<number>((sum, value) => sum + (number(value) ?? 0), first);
}
