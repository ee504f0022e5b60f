import { DestinationError } from "../destination/destination-error.ts";
import type { QueryRow } from "../destination/destination.ts";
import type { CellValue } from "./cell-value.ts";
import { type MemoryDataset, unknownTable } from "./memory-dataset.ts";

const selectAll = /^\s*select\s+\*\s+from\s+(?:"((?:[^"]|"")+)"|([a-z_]\w*))\s*;?\s*$/i;

/** The one statement that memory knows: `SELECT * FROM "table"`. Every row has every column of the table. */
export function queryMemory(dataset: MemoryDataset, statement: string): readonly QueryRow[] {
  const match = selectAll.exec(statement);
  if (match === null) {
    throw new DestinationError(
      `Memory understands SELECT * FROM "table" and nothing else; it was given: ${statement.slice(0, 200)}`,
      { code: "query_unsupported" },
    );
  }
  const name = match[1]?.replaceAll('""', '"') ?? match[2] ?? "";
  const table = dataset.get(name);
  if (table === undefined) throw unknownTable(name);
  return table.rows.map((row) => {
    // A null prototype has no members, which is what the type says.
    const result = Object.create(null) as Record<string, unknown>;
    for (const column of table.columns) result[column.name] = queryValue(row[column.name] ?? null);
    return result;
  });
}

/** What `query` of every destination gives: bigint only where a number would lose digits. */
function queryValue(value: CellValue): unknown {
  if (typeof value === "bigint" && BigInt.asIntN(54, value) === value) return Number(value);
  return value instanceof Uint8Array ? value.slice() : value;
}
