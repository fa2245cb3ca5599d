const plainName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** The path of a member as JavaScript writes it: `messages[0].content`, `headers["x-id"]`. */
export function memberPath(parent: string, key: string | number): string {
  if (typeof key === "number") return `${parent}[${key}]`;
  if (!plainName.test(key)) return `${parent}[${JSON.stringify(key)}]`;
  return parent === "" ? key : `${parent}.${key}`;
}
