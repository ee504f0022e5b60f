import type { Destination, QueryRow } from "../../src/destination/destination.ts";

/** Columns that differ from load to load. */
const perLoad = new Set(["_dlt_load_id", "_dlt_id", "_dlt_parent_id", "_dlt_root_id"]);

/** All rows of a table, as a reader sees them. Empty when the table is not there. */
export async function rowsOf(destination: Destination, dataset: string, table: string): Promise<readonly QueryRow[]> {
  const signal = AbortSignal.timeout(10_000);
  await using session = await destination.open({ dataset, purpose: "read", signal });
  try {
    return await session.query(`SELECT * FROM "${table}"`, signal);
  } catch (error) {
    if (String(error).includes(table)) return [];
    throw error;
  }
}

/** The data of a table without what names its load, in an order of its own: two tables of equal data are equal. */
export async function dataOf(destination: Destination, dataset: string, table: string): Promise<string[]> {
  const rows = await rowsOf(destination, dataset, table);
  return rows
    .map((row) =>
      JSON.stringify(
        Object.entries(row)
          .filter(([name]) => !perLoad.has(name))
          .toSorted(),
      ),
    )
    .toSorted();
}
