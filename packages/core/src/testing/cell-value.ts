/**
 * One cell as a JavaScript value. What each logical type is given as:
 *
 * | type | value |
 * |---|---|
 * | `text`, `json` | the text |
 * | `bigint` | bigint |
 * | `double` | number |
 * | `decimal`, `wei` | plain decimal text: `"-12.50"` |
 * | `bool` | boolean |
 * | `timestamp` | `"2026-01-02T03:04:05.000006Z"`, always six digits; without `Z` when the column has `timezone: false` |
 * | `date` | `"2026-01-02"` |
 * | `time` | `"03:04:05.000006"` |
 * | `binary` | Uint8Array |
 *
 * `null` for any type: no value.
 */
export type CellValue = string | bigint | number | boolean | Uint8Array | null;

/** A row by column name. Made without a prototype, so that a column may have any name. */
export type CellRow = Readonly<Record<string, CellValue>>;

/** An empty row to be filled. */
export function emptyRow(): Record<string, CellValue> {
  // A null prototype has no members, which is what the type says.
  return Object.create(null) as Record<string, CellValue>;
}

/** Text that is equal for two cells exactly when the cells are. */
export function cellKey(value: CellValue | undefined): string {
  if (value === undefined || value === null) return "null";
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString("hex")}`;
  if (Object.is(value, -0)) return "number -0";
  return `${typeof value} ${String(value)}`;
}
