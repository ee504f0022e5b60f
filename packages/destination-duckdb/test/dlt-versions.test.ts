import { readFile } from "node:fs/promises";
import { createPipeline, defineResource, defineSource } from "@typeload/core";
import { duckdb } from "@typeload/destination-duckdb";
import { expect, it } from "vitest";
import { open, temporaryFile, temporaryFolder } from "./trial.ts";

/** What dlt 1.31 wrote for tea and jam under scd2: tables, rows, and the schema. */
const statements = [
  `CREATE SCHEMA "ds"`,
  `CREATE TABLE "ds"."_dlt_version" ("version" BIGINT NOT NULL,"engine_version" BIGINT NOT NULL,"inserted_at" TIMESTAMP WITH TIME ZONE NOT NULL,"schema_name" VARCHAR NOT NULL,"version_hash" VARCHAR NOT NULL,"schema" VARCHAR NOT NULL)`,
  `CREATE TABLE "ds"."_dlt_loads" ("load_id" VARCHAR NOT NULL,"schema_name" VARCHAR,"status" BIGINT NOT NULL,"inserted_at" TIMESTAMP WITH TIME ZONE NOT NULL,"schema_version_hash" VARCHAR)`,
  `INSERT INTO "ds"."_dlt_loads" VALUES ('1764000000.1770825', 'shop', 0, '2025-11-24 16:00:00.2Z', 'eLi1agbepB8rMXebPsaFIT370fWTszQ4VKPf6enLsTU=')`,
  `CREATE TABLE "ds"."prices" ("_dlt_valid_from" TIMESTAMP WITH TIME ZONE,"_dlt_valid_to" TIMESTAMP WITH TIME ZONE,"item" VARCHAR,"value" BIGINT,"_dlt_load_id" VARCHAR NOT NULL,"_dlt_id" VARCHAR NOT NULL)`,
  `INSERT INTO "ds"."prices" VALUES ('2025-11-24 16:00:00.177083Z', NULL, 'tea', 1, '1764000000.1770825', 'OVAtbKddov97Iw'), ('2025-11-24 16:00:00.177083Z', NULL, 'jam', 5, '1764000000.1770825', 'LvseQSRfzE3+fQ')`,
  `CREATE TABLE "ds"."prices__tiers" ("value" BIGINT,"_dlt_parent_id" VARCHAR NOT NULL,"_dlt_list_idx" BIGINT NOT NULL,"_dlt_id" VARCHAR NOT NULL)`,
  `INSERT INTO "ds"."prices__tiers" VALUES (10, 'OVAtbKddov97Iw', 0, 'cLx2ZL2qPglNAw'), (20, 'OVAtbKddov97Iw', 1, 'vmA2xG+1luyJQw')`,
];

it("goes on with versions that dlt wrote: what is equal goes on, what changed ends and begins", async () => {
  const destination = duckdb({ path: temporaryFile() });
  const schema = JSON.stringify(
    JSON.parse(await readFile(new URL("./fixtures/dlt-scd2-schema.json", import.meta.url), "utf8")),
  );
  {
    await using session = await open(destination);
    for (const statement of statements) await session.query(statement);
    await session.query(
      `INSERT INTO "ds"."_dlt_version" VALUES (2, 11, '2025-11-24 16:00:00Z', 'shop', 'eLi1agbepB8rMXebPsaFIT370fWTszQ4VKPf6enLsTU=', '${schema}')`,
    );
  }
  const pipeline = createPipeline({
    name: "prices",
    destination,
    dataset: "ds",
    workingDirectory: temporaryFolder(),
  });
  const run = (records: readonly object[]) =>
    pipeline.run(
      defineSource({
        name: "shop",
        resources: [defineResource({ name: "prices", writeDisposition: { merge: "scd2" }, read: () => [records] })],
      }),
    );

  const same = await run([
    { item: "tea", value: 1, tiers: [10, 20] },
    { item: "jam", value: 5, tiers: [] },
  ]);
  expect(same.resources["prices"]).toMatchObject({
    rows: { inserted: 0, updated: 0, unchanged: 2, deleted: 0 },
    childRows: { inserted: 0, unchanged: 2 },
  });
  // The schema is the one that dlt stored, to the letter.
  expect(await pipeline.query('SELECT count(*) AS n FROM ds."_dlt_version"')).toEqual([{ n: 1 }]);

  await run([{ item: "tea", value: 2, tiers: [10] }]);
  const rows = await pipeline.query(
    "SELECT item, value, _dlt_valid_to IS NULL AS valid, (SELECT list(t.value ORDER BY t._dlt_list_idx) FROM ds.prices__tiers AS t WHERE t._dlt_parent_id = p._dlt_id) AS tiers FROM ds.prices AS p ORDER BY ALL",
  );
  expect(
    rows.map(({ item, value, valid, tiers }) => `${String(item)} ${String(value)} ${String(valid)} ${String(tiers)}`),
  ).toEqual(["jam 5 false null", "tea 1 false 10,20", "tea 2 true 10"]);
});
