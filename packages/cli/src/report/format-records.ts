import type { TableColumn } from "./format-table.ts";

/**
 * Lines of a table that is too wide for the terminal: each row as a record of its own, its first cell as the title.
 *
 * @example
 * ```text
 * contacts
 *   inserted  1,200
 *   updated   30
 * ```
 */
export function formatRecords([, ...columns]: readonly TableColumn[], rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(0, ...columns.map(({ title }) => title.length));
  return rows.flatMap(([name = "", ...cells]) => [
    name,
    ...columns.map(({ title }, index) => `  ${title.padEnd(width)}  ${cells[index] ?? ""}`.trimEnd()),
  ]);
}
