import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPipeline, defineSource, isTypeloadError } from "@typeload/core";
import type { Destination } from "@typeload/core";
import { duckdb } from "@typeload/destination-duckdb";
import { postgres } from "@typeload/destination-postgres";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { goldenCases } from "../../../packages/core/test/normalize/golden-case.ts";
import { startPostgresServer } from "../../../packages/destination-postgres/test/postgres-server.ts";
import type { PostgresServer } from "../../../packages/destination-postgres/test/postgres-server.ts";
import { plainDuckdb } from "../plain-duckdb.ts";
import { plainPostgres } from "../plain-postgres.ts";
import { dataset } from "../plain-database.ts";
import type { PlainDatabase } from "../plain-database.ts";
import type { LoadCase } from "./load-case.ts";
import { loadResource } from "./load-resource.ts";

// What we do where dlt has a trap: docs/dlt-differences.md. The inputs are the golden cases'.

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server?.[Symbol.asyncDispose]());

/** After each run: the rows of `t` and of its lists without columns of ours, or the code of the error. */
type Outcome = readonly string[] | string;

const nested = {
  merged: ['{"id":1,"v":"A"}', '{"id":2,"v":"b"}', '{"id":3,"v":"c"}', 'l {"k":3} of 1', 'l {"k":9} of 2'],
};
const before = ['{"id":1,"v":"a"}', '{"id":2,"v":"b"}', 'l {"k":1} of 1', 'l {"k":2} of 1', 'l {"k":9} of 2'];

const cases: readonly (readonly [file: "load" | "load-postgres", id: string, outcomes: readonly Outcome[]])[] = [
  // root-id-on-filled-table: child rows get the root id that they lack.
  ["load", "load/040", [before, nested.merged]],
  ["load-postgres", "load/postgres/134", [before, nested.merged]],
  // dedup-arbitrary: the last received wins, and its children alone are there.
  ["load", "load/052", [['{"id":1,"v":2}', 'l {"value":2} of 1', 'l {"value":3} of 1']]],
  ["load-postgres", "load/postgres/036", [['{"id":1,"v":2}', 'l {"value":2} of 1', 'l {"value":3} of 1']]],
  // merge-without-key: refused, where dlt appends.
  ["load", "load/072", ["merge_without_key", "merge_without_key"]],
  // missing-not-null: refused before anything is written.
  ["load", "load/074", [['{"id":1,"v":1}'], "null_in_not_null", ['{"id":1,"v":3}']]],
  ["load-postgres", "load/postgres/056", [['{"id":1,"v":1}'], "null_in_not_null", ['{"id":1,"v":3}']]],
  // upsert-duplicate: the last received wins.
  ["load", "load/131", [['{"id":1,"v":"a"}'], ['{"id":1,"v":"a"}']]],
  ["load-postgres", "load/postgres/105", [['{"id":1,"v":"a"}'], ['{"id":1,"v":"a"}']]],
  ["load-postgres", "load/postgres/079", [['{"id":1,"v":"a"}'], ['{"id":1,"v":"c"}']]],
  ["load-postgres", "load/postgres/080", [['{"id":1,"v":"c"}']]],
  // replace-by-nothing: as dlt where the source is taken at its word; what is not proved empties nothing (core/test/load/replace.test.ts).
  ["load-postgres", "load/postgres/013", [before, []]],
  ["load-postgres", "load/postgres/015", [before, []]],
  // scd2-duplicate: one row a version.
  ["load", "load/149", [['{"id":1,"v":"a"}'], ['{"id":1,"v":"a"}', '{"id":2,"v":"b"}']]],
  // orphan-reference: the children of a row that was found by its key go with it, whatever its id is.
  [
    "load",
    "load/164",
    [
      ['{"id":1,"v":1}', 'l {"value":1} of 1'],
      ['{"id":1,"v":2}', 'l {"value":2} of 1', 'l {"value":3} of 1'],
    ],
  ],
];

describe("where dlt has a trap", () => {
  test.each(cases)("%s %s", async (file, id, outcomes) => {
    const golden = goldenCases<LoadCase>(file).find((each) => each.id === id);
    const { destination, plain } = await newDatabase(file);
    const seen: Outcome[] = [];
    for (const { records, resource } of golden?.runs ?? []) {
      seen.push((await failureOf(destination, { ...golden?.resource, ...resource }, records)) ?? (await stored(plain)));
    }
    expect(seen).toEqual(outcomes);
  });
});

async function newDatabase(file: string): Promise<{ destination: Destination; plain: PlainDatabase }> {
  if (file === "load-postgres") {
    const url = await server.createDatabase();
    return { destination: postgres(url), plain: plainPostgres(url) };
  }
  const path = join(await temporaryFolder(), "traps.duckdb");
  return { destination: duckdb({ path }), plain: plainDuckdb(path) };
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "typeload-traps-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function failureOf(
  destination: Destination,
  ...[options, records]: Parameters<typeof loadResource>
): Promise<string | undefined> {
  const workingDirectory = await temporaryFolder();
  try {
    const resource = loadResource(options, records);
    const pipeline = createPipeline({ name: "p", destination, dataset, workingDirectory });
    await pipeline.run(defineSource({ name: "s", resources: [resource] }));
    return undefined;
  } catch (error) {
    if (!isTypeloadError(error)) throw error;
    return error.code;
  }
}

async function stored(plain: PlainDatabase): Promise<readonly string[]> {
  const roots = await plain.readTable("t");
  const lists = await plain.readTable("t__l");
  const data = (row: Readonly<Record<string, unknown>>): string =>
    JSON.stringify(
      Object.fromEntries(
        Object.entries(row)
          .filter(([name, value]) => !name.startsWith("_dlt_") && value !== null)
          .map(([name, value]) => [
            name,
            typeof value === "bigint" || /^\d+$/.test(String(value)) ? Number(value) : value,
          ]),
      ),
    );
  const rootOf = (row: Readonly<Record<string, unknown>>): unknown =>
    roots.find((root) => root["_dlt_id"] === row["_dlt_parent_id"])?.["id"];
  return [...roots.map(data).toSorted(), ...lists.map((row) => `l ${data(row)} of ${String(rootOf(row))}`).toSorted()];
}
