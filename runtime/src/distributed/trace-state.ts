import { PROPAGATED_KEYS, type Propagated, type PropagatedKey } from "./propagated-keys.js";

/*
 * Datadog's member of `tracestate` (https://www.w3.org/TR/trace-context/#tracestate-header):
 * `dd=key:value;key:value`, trace tags under `t.`, `=` in a value written as `~`.
 */

const MAX_LENGTH = 256;

/**
 * The header with our member first, as the one who changes a member moves it to
 * the front.
 * @param own what the member holds besides the propagated values
 */
export function writeTraceState(values: Propagated, own: readonly string[], header: string): string {
  const entries = [...own];
  for (const key of PROPAGATED_KEYS) {
    const value = values[key];
    // The agent's attribution is not in it (captured from dd-trace 6.21): there is little room.
    if (value === undefined || key.startsWith("llmobs_pagent")) continue;
    const entry = `t.${key}:${value.replaceAll(/[^\x20-\x2b\x2d-\x3a\x3c-\x7d]/g, "_").replaceAll("=", "~")}`;
    if ([...entries, entry].join(";").length <= MAX_LENGTH) entries.push(entry);
  }
  const others = members(header).filter((member) => !member.startsWith("dd="));
  return [`dd=${entries.join(";")}`, ...others].join();
}

/** What Datadog's member holds of others. */
export function otherEntries(header: string): readonly string[] {
  return entriesOf(header).filter((entry) => !entry.startsWith("t.llmobs_"));
}

export function readTraceState(header: string): Propagated {
  const values: Partial<Record<PropagatedKey, string>> = {};
  const entries = entriesOf(header);
  for (const key of PROPAGATED_KEYS) {
    const prefix = `t.${key}:`;
    const value = entries.find((entry) => entry.startsWith(prefix))?.slice(prefix.length);
    if (value) values[key] = value.replaceAll("~", "=");
  }
  return values;
}

function entriesOf(header: string): readonly string[] {
  const member = members(header).find((each) => each.startsWith("dd="));
  return member === undefined ? [] : member.slice("dd=".length).split(";");
}

function members(header: string): readonly string[] {
  return header
    .split(",")
    .map((member) => member.trim())
    .filter((member) => member !== "");
}
