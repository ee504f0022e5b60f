/** A row in comparable form: its cells as text by column, ids and links as they are. */
export type ComparableRow = Readonly<Record<string, string>>;

/** Rows by table. */
export type ComparableTables = ReadonlyMap<string, readonly ComparableRow[]>;

const links = new Set(["_dlt_id", "_dlt_parent_id", "_dlt_root_id"]);

/**
 * Tables as trees, so that nothing depends on the order of rows or on ids that are made by chance: below each root row its child rows. `spelt`
 * names the tables whose `_dlt_id` counts as text. A child row without a parent stands at the top, as `lost`.
 */
export function rowTrees(
  tables: ComparableTables,
  parents: ReadonlyMap<string, string>,
  spelt: ReadonlySet<string>,
): readonly string[] {
  const children = (table: string): readonly string[] =>
    [...parents].filter(([, parent]) => parent === table).map(([child]) => child);
  const tree = (table: string, row: ComparableRow, root: ComparableRow): string => {
    const below = children(table).flatMap((child) =>
      (tables.get(child) ?? [])
        .filter((each) => each["_dlt_parent_id"] === row["_dlt_id"])
        .map((each) => tree(child, each, root)),
    );
    const rootId = row["_dlt_root_id"];
    const hangs = rootId === undefined ? {} : { root: rootId === root["_dlt_id"] ? "its own" : "another" };
    return JSON.stringify({ table, ...cellsOf(row, spelt.has(table)), ...hangs, below: below.toSorted() });
  };
  return [...tables]
    .flatMap(([table, rows]) => {
      const parent = parents.get(table);
      if (parent === undefined) return rows.map((row) => tree(table, row, row));
      const there = new Set(tables.get(parent)?.map((row) => row["_dlt_id"]));
      return rows
        .filter((row) => !there.has(row["_dlt_parent_id"]))
        .map((row) => `lost: ${JSON.stringify(cellsOf(row, false))}`);
    })
    .toSorted();
}

function cellsOf(row: ComparableRow, spelt: boolean): Readonly<Record<string, unknown>> {
  const cells = Object.entries(row)
    .filter(([name]) => !links.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { ...(spelt ? { id: row["_dlt_id"] } : {}), cells: Object.fromEntries(cells) };
}
