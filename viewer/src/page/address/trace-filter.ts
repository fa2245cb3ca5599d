import type { Status, TraceFilter } from "../../api/contract.js";

const lists = ["kind", "model", "name", "app", "version", "tag", "session"] as const;
const numbers = ["fromMs", "toMs", "minDurationMs", "maxDurationMs", "minTokens", "maxTokens"] as const;
const statuses: readonly Status[] = ["ok", "error", "running"];

/** Filters to set; undefined, an empty text or an empty list takes one away. */
export type TraceFilterChange = { readonly [Name in keyof TraceFilter]: TraceFilter[Name] | undefined };

export function changeTraceFilter(filter: TraceFilter, change: TraceFilterChange): TraceFilter {
  const changed = Object.entries({ ...filter, ...change }).filter(
    ([, value]) => value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(changed);
}

/** Reads the filters out of an address; what isn't one, or has no valid value, is left out. */
export function readTraceFilter(parameters: URLSearchParams): TraceFilter {
  const filter: { -readonly [Name in keyof TraceFilter]: TraceFilter[Name] } = {};
  for (const name of lists) {
    const values = parameters.getAll(name).filter((value) => value !== "");
    if (values.length > 0) filter[name] = values;
  }
  for (const name of numbers) {
    const text = parameters.get(name);
    if (text !== null && text.trim() !== "" && Number.isFinite(Number(text))) filter[name] = Number(text);
  }
  const search = parameters.get("search");
  if (search !== null && search !== "") filter.search = search;
  const asked = parameters.getAll("status");
  const status = statuses.filter((value) => asked.includes(value));
  if (status.length > 0) filter.status = status;
  return filter;
}

export function writeTraceFilter(filter: TraceFilter): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) parameters.append(name, String(one));
    }
  }
  return parameters;
}
