/**
 * @typedef {object} Row
 * @property {string} name
 * @property {number} value
 * @property {string} unit
 * @property {number} [difference] from what the group compares with, in the row's unit
 * @property {number} [ratio] to what the group compares with
 * @property {{ of: "value" | "difference" | "ratio", atMost: number }} [budget]
 *
 * @typedef {object} Group
 * @property {string} name
 * @property {string} title
 * @property {{ difference?: string, ratio?: string }} heads what the two columns compare with
 * @property {(progress: (text: string) => void) => Promise<Row[]>} run
 */

/** @param {Row} row */
export function isHeld(row) {
  if (row.budget === undefined) return undefined;
  return row[row.budget.of] <= row.budget.atMost;
}

/**
 * One aligned table, columns without any cell left out.
 *
 * @param {Group} group
 * @param {readonly Row[]} rows
 * @param {(text: string, held: boolean) => string} paint
 */
export function formatTable({ title, heads }, rows, paint) {
  const head = ["", "value", heads.difference ?? "", heads.ratio ?? "", "budget", ""];
  const cells = rows.map((row) => [
    row.name,
    quantity(row.value, row.unit),
    row.difference === undefined ? "" : quantity(row.difference, row.unit),
    row.ratio === undefined ? "" : times(row.ratio),
    budgetText(row, heads),
    { undefined: "", true: "held", false: "over" }[String(isHeld(row))],
  ]);
  const shown = head
    .map((title, column) => ({
      title,
      column,
      width: Math.max(...[title, ...cells.map((line) => line[column])].map(({ length }) => length)),
    }))
    .filter(({ column }) => cells.some((line) => line[column] !== ""));
  const format = (line) =>
    shown
      .map(({ column, width }) =>
        column === 0 || column > 3 ? line[column].padEnd(width) : line[column].padStart(width),
      )
      .join("   ")
      .trimEnd();
  const lines = rows.map((row, index) => {
    const held = isHeld(row);
    const text = format(cells[index]);
    return held === undefined ? text : text.replace(/(held|over)$/, (word) => paint(word, held));
  });
  return [title, format(head), ...lines].join("\n");
}

function budgetText({ budget, unit }, heads) {
  if (budget === undefined) return "";
  const { of, atMost } = budget;
  return `≤ ${of === "ratio" ? times(atMost) : quantity(atMost, unit)}${of === "value" ? "" : ` ${heads[of]}`}`;
}

function quantity(value, unit) {
  return `${plain(value)} ${unit}`;
}

function times(value) {
  return `${plain(value, 2)}×`;
}

/** Three digits that count, none of them an exponent. */
function plain(value, least = 0) {
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return value.toFixed(Math.max(digits, least));
}
