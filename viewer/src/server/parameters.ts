import type { DashboardRequest, ExportFormat, Status, TraceFilter, TraceListRequest } from "../api/contract.js";
import { DASHBOARD_GROUPS, EXPORT_FORMATS } from "../api/contract.js";
import { RequestError } from "./body.js";

const STATUSES = ["ok", "error", "running"] as const;
const MOST_VALUES = 100;
const LONGEST = 2000;
const LARGEST = 1e15;

/** Parameters of a URL, each checked. @throws RequestError */
export class Parameters {
  readonly #search: URLSearchParams;

  constructor(url: string) {
    this.#search = new URL(url).searchParams;
  }

  text(name: string): string | undefined {
    const value = this.#search.get(name);
    if (value === null || value === "") return undefined;
    if (value.length > LONGEST) throw new RequestError(400, `${name} is longer than ${LONGEST} characters`);
    return value.replaceAll("\0", "\ufffd").toWellFormed();
  }

  texts(name: string): readonly string[] | undefined {
    const values = this.#search.getAll(name);
    if (values.length === 0) return undefined;
    if (values.length > MOST_VALUES) throw new RequestError(400, `${name} has more than ${MOST_VALUES} values`);
    return values.map((value) => value.slice(0, LONGEST).replaceAll("\0", "\ufffd").toWellFormed());
  }

  number(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (!Number.isFinite(number) || Math.abs(number) > LARGEST) throw new RequestError(400, `${name} is not a number`);
    return number;
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const found = values.find((each) => each === value);
    if (found === undefined) throw new RequestError(400, `${name} is none of ${values.join(", ")}`);
    return found;
  }
}

export function traceFilter(given: Parameters): TraceFilter {
  return known({
    search: given.text("search"),
    status: given.texts("status")?.map((value): Status => {
      const found = STATUSES.find((each) => each === value);
      if (found === undefined) throw new RequestError(400, `status is none of ${STATUSES.join(", ")}`);
      return found;
    }),
    kind: given.texts("kind"),
    model: given.texts("model"),
    name: given.texts("name"),
    app: given.texts("app"),
    version: given.texts("version"),
    tag: given.texts("tag"),
    session: given.texts("session"),
    fromMs: given.number("fromMs"),
    toMs: given.number("toMs"),
    minDurationMs: given.number("minDurationMs"),
    maxDurationMs: given.number("maxDurationMs"),
    minTokens: given.number("minTokens"),
    maxTokens: given.number("maxTokens"),
  });
}

export function traceListRequest(given: Parameters): TraceListRequest {
  const limit = given.number("limit") ?? 50;
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) throw new RequestError(400, "limit is not from 1 to 200");
  const cursor = given.text("cursor");
  if (cursor !== undefined && !/^\d{1,19}\../s.test(cursor)) throw new RequestError(400, "cursor is not a cursor");
  return { ...traceFilter(given), limit, ...(cursor === undefined ? {} : { cursor }) };
}

export function dashboardRequest(given: Parameters): DashboardRequest {
  const fromMs = given.number("fromMs");
  const toMs = given.number("toMs");
  if (fromMs === undefined || toMs === undefined || fromMs >= toMs || fromMs < 0) {
    throw new RequestError(400, "fromMs and toMs are not a range of time");
  }
  return known({
    fromMs,
    toMs,
    by: given.oneOf("by", DASHBOARD_GROUPS),
    app: given.texts("app"),
    version: given.texts("version"),
    model: given.texts("model"),
    name: given.texts("name"),
    kind: given.texts("kind"),
  });
}

export function exportFormat(given: Parameters): ExportFormat {
  return given.oneOf("format", EXPORT_FORMATS) ?? "json";
}

type Known<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> };

/** Without the keys whose value is undefined. */
function known<Value extends object>(value: Value): Known<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Known<Value>;
}
