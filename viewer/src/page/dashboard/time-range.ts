const minute = 60_000;

/** Ranges that end now, by the name that stands in the address. */
export const timeRanges = [
  { name: "15m", label: "Last 15 minutes", length: 15 * minute },
  { name: "1h", label: "Last hour", length: 60 * minute },
  { name: "6h", label: "Last 6 hours", length: 360 * minute },
  { name: "24h", label: "Last day", length: 1440 * minute },
  { name: "7d", label: "Last week", length: 7 * 1440 * minute },
  { name: "30d", label: "Last 30 days", length: 30 * 1440 * minute },
] as const;

/** What `<input type="datetime-local">` reads and writes, in the reader's time zone, to the second. */
export function toLocalInput(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return "";
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return "";
  return new Date(milliseconds - date.getTimezoneOffset() * minute).toISOString().slice(0, 19);
}

export function fromLocalInput(text: string): number | undefined {
  const milliseconds = new Date(text).getTime();
  return text === "" || Number.isNaN(milliseconds) ? undefined : milliseconds;
}
