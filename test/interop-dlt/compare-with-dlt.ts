import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPipeline, defineResource, defineSource, pageBytes } from "@typeload/core";
import { duckdb } from "@typeload/destination-duckdb";
import type { SqlRow } from "../pipelines/compare-tables.ts";
import { dataset } from "../pipelines/plain-database.ts";
import type { PlainDatabase } from "../pipelines/plain-database.ts";
import { plainDuckdb } from "../pipelines/plain-duckdb.ts";
import type { Dlt } from "./dlt-process.ts";
import type { DocumentSet } from "./draw-documents.ts";

/** Loads one set of documents with both, each into a DuckDB file of its own, and says where the tables differ. */
export async function compareWithDlt(
  dlt: Dlt,
  { disposition, maxNesting, batches }: DocumentSet,
): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "typeload-fuzz-"));
  try {
    const [theirPath, ourPath] = [join(folder, "theirs.duckdb"), join(folder, "ours.duckdb")];
    const pipeline = createPipeline({
      name: "p",
      destination: duckdb({ path: ourPath }),
      dataset,
      workingDirectory: join(folder, "work"),
    });
    for (const records of batches) {
      await dlt.load({
        destination: "duckdb",
        credentials: theirPath,
        pipeline: "p",
        dataset,
        source: "s",
        resource: "t",
        records,
        fresh: records === batches[0],
        options: {
          write_disposition: disposition,
          ...(disposition === "merge" ? { primary_key: "id" } : {}),
          ...(maxNesting === undefined ? {} : { max_table_nesting: maxNesting }),
        },
      });
      const resource = defineResource({
        name: "t",
        writeDisposition: disposition,
        ...(disposition === "merge" ? { primaryKey: "id" } : {}),
        maxTableNesting: maxNesting,
        *read() {
          yield pageBytes(new TextEncoder().encode(records));
        },
      });
      await pipeline.run(defineSource({ name: "s", resources: [resource] }));
    }
    const [theirs, ours] = [await contents(plainDuckdb(theirPath)), await contents(plainDuckdb(ourPath))];
    return differences(theirs, ours);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** By table: columns, and rows in an order of their own. */
type Contents = ReadonlyMap<string, { readonly columns: readonly string[]; readonly rows: readonly string[] }>;

const own = /^_dlt_(?:id|parent_id|root_id|load_id)$/;

/** Rows with their ids replaced by the place of the row they name: the path of list indexes from the root. */
async function contents(plain: PlainDatabase): Promise<Contents> {
  const names = (await plain.tables())
    .filter((name) => name.startsWith(`${dataset}.`) && !/\._(?:dlt|typeload)_/.test(name))
    .map((name) => name.slice(dataset.length + 1));
  const tables = new Map<string, readonly SqlRow[]>();
  for (const name of names) tables.set(name, await plain.readTable(name));
  const places = new Map<unknown, string>();
  // Parents before children: the name of a child table is longer than its parent's.
  for (const [name, rows] of [...tables].toSorted(([a], [b]) => a.length - b.length)) {
    for (const row of rows) {
      const above = row["_dlt_parent_id"] === undefined ? "" : (places.get(row["_dlt_parent_id"]) ?? "nowhere");
      const at =
        row["_dlt_parent_id"] === undefined
          ? `id ${String(row["id"])}`
          : `${above} ${name}[${String(row["_dlt_list_idx"])}]`;
      places.set(row["_dlt_id"], at);
    }
  }
  return new Map(
    [...tables].map(([name, rows]) => {
      const columns = Object.keys(rows[0] ?? {}).filter((column) => !own.test(column));
      const shown = rows.map((row) => {
        const cells = columns.toSorted().map((column) => `${column}=${cell(row[column])}`);
        const root = row["_dlt_root_id"] === undefined ? "" : ` root ${places.get(row["_dlt_root_id"]) ?? "nowhere"}`;
        return `${places.get(row["_dlt_id"])}${root}: ${cells.join(", ")}`;
      });
      return [name, { columns, rows: shown.toSorted() }];
    }),
  );
}

function cell(value: unknown): string {
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      // Kept whole: spaces and the form of numbers are each loader's own.
      return JSON.stringify(JSON.parse(value));
    } catch {
      return value;
    }
  }
  return value instanceof Date
    ? value.toISOString()
    : typeof value === "bigint"
      ? String(value)
      : JSON.stringify(value);
}

function differences(theirs: Contents, ours: Contents): readonly string[] {
  const found: string[] = [];
  for (const name of new Set([...theirs.keys(), ...ours.keys()])) {
    const [a, b] = [theirs.get(name), ours.get(name)];
    if (a === undefined || b === undefined) {
      found.push(`table ${name} is only in ${a === undefined ? "ours" : "dlt's"}`);
      continue;
    }
    if (a.rows.length > 0 && a.columns.join() !== b.columns.join())
      found.push(`columns of ${name}: dlt ${a.columns.join(", ")}; ours ${b.columns.join(", ")}`);
    for (const row of a.rows) if (!b.rows.includes(row)) found.push(`${name}: only dlt has ${row}`);
    for (const row of b.rows) if (!a.rows.includes(row)) found.push(`${name}: only we have ${row}`);
    if (a.rows.length !== b.rows.length) found.push(`${name}: dlt has ${a.rows.length} rows, we have ${b.rows.length}`);
  }
  return found;
}
