/** Postgres text holds neither NUL nor half of a surrogate pair; within an `event` both stay, as escapes of JSON. */
export function storable(value: string): string;
export function storable(value: string | null): string | null;
export function storable(value: string | null): string | null {
  if (value === null) return null;
  return (value.includes("\0") ? value.replaceAll("\0", "\ufffd") : value).toWellFormed();
}
