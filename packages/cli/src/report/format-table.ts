/** A column of a text table. */
export interface TableColumn {
  readonly title: string;
  readonly align: "left" | "right";
}

/**
 * Lines of a plain text table: two spaces between columns, a rule under the titles, nothing at the ends of lines.
 *
 * @example
 * ```text
 * resource  inserted
 * ────────  ────────
 * contacts     1,200
 * ```
 */
export function formatTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...rows.map((row) => displayWidth(row[index] ?? ""))),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => {
        const cell = cells[index] ?? "";
        const space = " ".repeat(Math.max(0, (widths[index] ?? 0) - displayWidth(cell)));
        return align === "left" ? cell + space : space + cell;
      })
      .join("  ")
      .trimEnd();
  return [
    line(columns.map(({ title }) => title)),
    line(widths.map((width) => "─".repeat(width))),
    ...rows.map((row) => line(row)),
  ];
}

function displayWidth(text: string): number {
  return [...text].length;
}
