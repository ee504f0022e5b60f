import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPipeline, defineResource, defineSource } from "@typeload/core";
import type { ColumnHint, DataType, MergeStrategy } from "@typeload/core";
import { postgres } from "@typeload/destination-postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startPostgresServer } from "./postgres-server.ts";
import type { PostgresServer } from "./postgres-server.ts";

let server: PostgresServer;
let folder: string;
beforeAll(async () => {
  server = await startPostgresServer();
  folder = await mkdtemp(join(tmpdir(), "typeload-golden-tables-"));
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Format: test/fixtures/golden/README.md, kind `ddl`. Of hints those that are known here. */
interface Case {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly destination: string;
  readonly resource: {
    readonly columns?: Readonly<Record<string, DltHint>>;
    readonly primary_key?: string | readonly string[];
    readonly merge_key?: string | readonly string[];
    readonly write_disposition?: "append" | "replace" | "merge" | { readonly strategy: MergeStrategy };
  };
  readonly runs: readonly { readonly records: readonly Readonly<Record<string, unknown>>[] }[];
  readonly expected: {
    readonly tables: Readonly<Record<string, readonly DltColumn[]>>;
    readonly indexes: readonly (readonly string[])[];
  };
}
interface DltHint {
  readonly data_type?: DataType;
  readonly nullable?: boolean;
  readonly precision?: number;
  readonly scale?: number;
  readonly timezone?: boolean;
}
interface DltColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly length?: number;
  readonly datetimePrecision?: number;
  readonly precision?: number;
  readonly scale?: number;
}

/** What is otherwise here, on purpose. */
const otherwise: ReadonlyMap<string, string> = new Map([
  ["system/ddl/postgres/11", "there is no hint of a unique column"],
  ["system/ddl/postgres/15", "a table that is never filled is made all the same, so that it can be queried"],
]);

const golden = new URL("../../../test/fixtures/golden/system-tables.json", import.meta.url);
// Recorded from dlt; the members that are read are typed above.
const { cases } = JSON.parse(await readFile(golden, "utf8")) as { cases: readonly Case[] };
const made = cases.filter(
  ({ kind, destination, id }) => kind === "ddl" && destination === "postgres" && !otherwise.has(id),
);

const hint = ({ data_type: dataType, nullable, precision, scale, timezone }: DltHint): ColumnHint => ({
  dataType,
  nullable,
  precision,
  scale,
  timezone,
});

it.each(made.map((item) => [`${item.id} ${item.title}`, item] as const))(
  "makes the tables that dlt makes: %s",
  async (_title, item) => {
    const {
      columns = {},
      primary_key: primaryKey,
      merge_key: mergeKey,
      write_disposition: writeDisposition,
    } = item.resource;
    const destination = postgres(await server.createDatabase());
    const workingDirectory = join(folder, item.id);
    const pipeline = createPipeline({ name: "t", destination, dataset: "ds", workingDirectory });
    for (const { records } of item.runs) {
      const resource = defineResource({
        name: "t",
        primaryKey,
        mergeKey,
        writeDisposition:
          typeof writeDisposition === "object" ? { merge: writeDisposition.strategy } : writeDisposition,
        columns: Object.fromEntries(Object.entries(columns).map(([name, given]) => [name, hint(given)])),
        read: () => [records],
      });
      await pipeline.run(defineSource({ name: "t", resources: [resource] }));
    }
    const rows = await pipeline.query(
      `SELECT table_name, column_name AS name, data_type AS type, is_nullable = 'YES' AS nullable, character_maximum_length AS length,
       CASE WHEN data_type LIKE 'time%' THEN datetime_precision END AS "datetimePrecision",
       CASE WHEN data_type = 'numeric' THEN numeric_precision END AS precision,
       CASE WHEN data_type = 'numeric' THEN numeric_scale END AS scale
     FROM information_schema.columns WHERE table_schema = 'ds' AND table_name NOT LIKE '\\_typeload%' ORDER BY table_name, ordinal_position`,
    );
    const tables = Object.groupBy(rows, (row) => String(row["table_name"]));
    const given = Object.entries(tables).map(([name, list = []]) => [
      name,
      list.map((row) =>
        Object.fromEntries(Object.entries(row).filter(([key, value]) => key !== "table_name" && value !== null)),
      ),
    ]);
    expect(Object.fromEntries(given)).toEqual(item.expected.tables);
    const indexes = await pipeline.query(
      "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'ds' AND tablename NOT LIKE '\\_typeload%' ORDER BY tablename, indexname",
    );
    expect(indexes.map((row) => Object.values(row))).toEqual(item.expected.indexes);
  },
);

it("golden cases are there", () => {
  expect(made).toHaveLength(11 - otherwise.size);
});
