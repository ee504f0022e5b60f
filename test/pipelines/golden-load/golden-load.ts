import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPipeline, defineSource, isTypeloadError } from "@typeload/core";
import type { Destination } from "@typeload/core";
import { expect } from "vitest";
import { goldenCases } from "../../../packages/core/test/normalize/golden-case.ts";
import { describeGolden } from "../../../packages/core/test/normalize/golden-suite.ts";
import { goldenForm } from "../../../packages/core/test/normalize/golden-value.ts";
import type { GoldenValue } from "../../../packages/core/test/normalize/golden-value.ts";
import { dataset } from "../plain-database.ts";
import type { PlainDatabase } from "../plain-database.ts";
import { type ComparableRow, type ComparableTables, rowTrees } from "./comparable-rows.ts";
import { type GoldenTables, type LoadCase, leftOut } from "./load-case.ts";
import { loadResource } from "./load-resource.ts";
import { storedForm } from "./stored-form.ts";

/** A database of its own for one case. */
export interface CaseDatabase {
  readonly destination: Destination;
  readonly plain: PlainDatabase;
}

/** dlt's word for each refusal of ours. What dlt notices only in the database, we notice before. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  null_in_not_null: ["null-in-not-null", "destination-constraint"],
  not_null: ["destination-constraint"],
  merge_without_key: ["schema-invalid"],
};

/**
 * Runs every case of a golden file on a database, through the public API, and compares rows after each run, and refusals by kind.
 *
 * @param otherwise cases that come out in another way for a reason outside of write dispositions, by id, each with its reason
 */
export function describeGoldenLoad(
  file: string,
  newDatabase: () => Promise<CaseDatabase>,
  otherwise: ReadonlyMap<string, string> = new Map(),
): void {
  describeGolden<LoadCase>({
    file,
    cases: goldenCases(file),
    leftOut: (golden) => leftOut(golden) ?? otherwise.get(golden.id),
    check: async (golden) => runCase(golden, await newDatabase()),
  });
}

async function runCase(golden: LoadCase, { destination, plain }: CaseDatabase): Promise<void> {
  const labels = new Map<string, string>();
  for (const [index, run] of golden.runs.entries()) {
    const expected = golden.expected.runs[index];
    const options = { ...golden.schema, ...golden.resource, ...run.resource };
    // dlt gives up what is pending after a failed run: a folder of its own does that.
    const folder = await mkdtemp(join(tmpdir(), "typeload-golden-load-"));
    try {
      const pipeline = createPipeline({ name: "p", destination, dataset, workingDirectory: folder });
      const resource = loadResource(options, run.records);
      const report = await pipeline.run(defineSource({ name: "s", resources: [resource] }));
      for (const { loadId } of report.packages) {
        labels.set(loadId, `L${index}`);
        labels.set(timeOf(loadId), `T${index}`);
      }
      expect(expected?.error, "dlt refuses this run").toBeUndefined();
    } catch (error) {
      if (!isTypeloadError(error)) throw error;
      expect(kinds[error.code] ?? [error.message]).toContain(expected?.error?.kind);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    await compare(golden, expected?.rows ?? {}, plain, labels);
  }
}

async function compare(
  golden: LoadCase,
  rows: GoldenTables,
  plain: PlainDatabase,
  labels: ReadonlyMap<string, string>,
): Promise<void> {
  const { tables } = golden.expected;
  const parents = new Map(
    Object.entries(tables).flatMap(([name, { parent }]) => (parent === undefined ? [] : [[name, parent]])),
  );
  const typeOf = (table: string, column: string): string =>
    tables[table]?.columns.find(({ name }) => name === column)?.type ?? "none";
  const theirs = comparable(rows, (table, column, value) =>
    // Our own files: what is no label is a value.
    typeof value === "string" && /^[LT]\d+$/.test(value)
      ? value
      : goldenForm(value as GoldenValue, typeOf(table, column)),
  );
  const names = (await plain.tables())
    .filter((name) => name.startsWith(`${dataset}.`) && !/\._(dlt|typeload)_/.test(name))
    .map((name) => name.slice(dataset.length + 1));
  const stored = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await plain.readTable(name)] as const)),
  );
  const ours = comparable(
    stored,
    (table, column, value) => labels.get(String(value)) ?? storedForm(value, typeOf(table, column)),
  );
  const random = (table: string): boolean =>
    (theirs.get(table) ?? []).some((row) => /^text [@]/.test(row["_dlt_id"] ?? ""));
  const spelt = new Set([...theirs.keys()].filter((table) => !random(table)));
  expect(rowTrees(ours, parents, spelt)).toEqual(rowTrees(theirs, parents, spelt));
}

/** A column that holds nothing may be there or not: a load that failed leaves one behind in dlt. */
function comparable(
  tables: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>,
  form: (table: string, column: string, value: unknown) => string,
): ComparableTables {
  return new Map(
    Object.entries(tables)
      .filter(([, rows]) => rows.length > 0)
      .map(([table, rows]) => [
        table,
        rows.map((row): ComparableRow =>
          Object.fromEntries(
            Object.entries(row)
              .filter(([, value]) => value !== null)
              .map(([column, value]) => [column, form(table, column, value)]),
          ),
        ),
      ]),
  );
}

/** The time of a load id, with six digits of the second. */
function timeOf(loadId: string): string {
  const [seconds = "0", fraction = ""] = loadId.split(".");
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, -5)}.${fraction.slice(0, 6).padEnd(6, "0")}Z`;
}
