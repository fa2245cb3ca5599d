export interface Difference {
  /** Where, such as `val_date meta.input.value`. */
  readonly at: string;
  readonly official: unknown;
  readonly ours: unknown;
}

/** Ids by first appearance, no times, no versions, of a stack its first line: what may differ between two runs. */
export function normalise<Value>(body: Value): Value {
  const ids = new Map<string, string>();
  const plain = JSON.stringify(body, (key, value: unknown) => {
    if (["start_ns", "duration", "timestamp_ms"].includes(key)) return typeof value;
    if (key === "_dd.tracer_version") return "V";
    if (typeof value !== "string") return value;
    if (key === "error.stack") return value.split("\n")[0];
    return value.replace(/^ddtrace\.version:.*/, "ddtrace.version:V");
  });
  return JSON.parse(
    plain.replace(/(?<![.\w])(?:[0-9a-f]{32}|\d{15,20})\b/g, (id) => {
      if (!ids.has(id)) ids.set(id, `id-${ids.size}`);
      return ids.get(id) ?? id;
    }),
  );
}

/** Every field that is not the same, whatever the order of an object's keys. */
export function differences(at: string, official: unknown, ours: unknown): readonly Difference[] {
  if (isObject(official) && isObject(ours)) {
    const keys = [...new Set([...Object.keys(official), ...Object.keys(ours)])];
    return keys.flatMap((key) => differences(`${at}.${key}`, official[key], ours[key]));
  }
  if (Array.isArray(official) && Array.isArray(ours) && official.length === ours.length) {
    return official.flatMap((item: unknown, index) => differences(`${at}[${index}]`, item, ours[index]));
  }
  return JSON.stringify(official) === JSON.stringify(ours) ? [] : [{ at, official, ours }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
