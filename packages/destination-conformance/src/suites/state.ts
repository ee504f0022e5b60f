import { deepStrictEqual } from "node:assert/strict";
import type { PartitionRecord, StateRow } from "@typeload/core";
import type { Suite } from "../check.ts";
import { contactsLoad, type ContactsLoad, expectContacts } from "../fixtures/contacts.ts";
import { completenessTable, loadsTable, partitionsTable, stateTable, versionTable } from "../fixtures/system-tables.ts";
import { loadId, type TrialLoad, trialPipeline, trialSchema } from "../trial-load.ts";

const ada = { id: 1, name: "Ada", tags: [{ value: "vip" }] };

function contactsOf(n: number, more: Partial<ContactsLoad> = {}): TrialLoad {
  return contactsLoad({ loadId: loadId(n), writeDisposition: { kind: "append" }, parts: [[ada]], ...more });
}

function stateOf(version: number, text: string): StateRow {
  return {
    version,
    engineVersion: 4,
    state: text,
    createdAt: "2026-01-01T00:00:00.000001Z",
    versionHash: `hash of ${text}`,
    // Short, as dlt's are: an index stands on them.
    dltId: `state ${version} ${text.slice(0, 20)}`,
  };
}

function partition(resource: string, id: string, more: Partial<PartitionRecord> = {}): PartitionRecord {
  return {
    resource,
    partition: { id, kind: "window", fingerprint: undefined, data: undefined },
    verdict: { rows: "proved", expected: undefined, read: undefined, note: undefined },
    runId: "run 1",
    loadId: loadId(1),
    ...more,
  };
}

/** What is stored beside the rows, and what is read of it when the next run begins. */
export const state: Suite = {
  name: "state",
  checks: [
    {
      name: "a dataset that is not there is no error, and is not made by looking at it",
      run: async (bench) => {
        const nothing = { exists: false, finishedLoads: new Set(), partitions: [] };
        for (const resources of [[], ["contacts"]]) {
          const {
            exists,
            schema,
            state: stored,
            finishedLoads,
            greatestLoadId,
            partitions,
          } = await bench.read({
            resources,
            loadIds: [loadId(1)],
          });
          deepStrictEqual({ exists, finishedLoads, partitions: [...partitions] }, nothing);
          deepStrictEqual([schema, stored, greatestLoadId], [undefined, undefined, undefined]);
        }
      },
    },
    {
      name: "a finished load has its row, and is found again",
      run: async (bench) => {
        await bench.load(contactsOf(1, { committedAt: "2026-01-02T03:04:05.678901Z" }));
        const { exists, schema, finishedLoads, greatestLoadId } = await bench.read({ loadIds: [loadId(1), loadId(2)] });
        deepStrictEqual([exists, [...finishedLoads], greatestLoadId], [true, [loadId(1)], loadId(1)]);
        await bench.expectRows(loadsTable, [
          {
            load_id: loadId(1),
            schema_name: trialSchema,
            status: "0",
            inserted_at: "2026-01-02T03:04:05.678901Z",
            schema_version_hash: schema?.versionHash ?? null,
          },
        ]);
      },
    },
    {
      name: "the greatest load id is the greatest number",
      run: async (bench) => {
        for (const id of ["999999999.9", "1000000000.25", "1000000000.125"])
          await bench.load(contactsOf(1, { loadId: id }));
        deepStrictEqual((await bench.read()).greatestLoadId, "1000000000.25");
        for (const end of ["1", "3", "2"])
          await bench.load(contactsOf(1, { loadId: `1795348577.31855800000000${end}` }));
        deepStrictEqual((await bench.read()).greatestLoadId, "1795348577.318558000000003");
      },
    },
    {
      name: "the schema is stored once for each content, and the newest is read",
      run: async (bench) => {
        await bench.load(contactsOf(1));
        await bench.load(contactsOf(2));
        const first = await bench.read();
        const grown = { name: "sites", resource: "sites", columns: [{ name: "url", dataType: "text" as const }] };
        const chains = [{ tables: [grown], writeDisposition: { kind: "append" } as const }];
        await bench.load({ loadId: loadId(3), chains, parts: [] });
        const second = await bench.read();
        deepStrictEqual([first.schema?.version, second.schema?.version], [1, 2]);
        const stored = await bench.rows(versionTable);
        deepStrictEqual(
          stored.map((row) => [row["version"], row["version_hash"], row["schema_name"], row["engine_version"]]),
          [first.schema, second.schema].map((it, index) => [String(index + 1), it?.versionHash, trialSchema, "11"]),
        );
        deepStrictEqual(Object.keys(second.schema?.tables ?? {}).includes("sites"), true);
        deepStrictEqual(second.schema?.tables["contacts"], first.schema?.tables["contacts"]);
        deepStrictEqual((await bench.read({ schemaName: "another" })).schema, undefined);
      },
    },
    {
      name: "the state is stored only when it is given, and the one of the latest load is read",
      run: async (bench) => {
        await bench.load(contactsOf(1));
        deepStrictEqual((await bench.read()).state, undefined);
        await bench.load(contactsOf(2, { state: stateOf(1, "first") }));
        await bench.load(contactsOf(3, { state: stateOf(2, "second") }));
        await bench.load(contactsOf(4));
        deepStrictEqual((await bench.read()).state, { text: "second", versionHash: "hash of second" });
        const row = (version: number, text: string, load: number): Record<string, string> => ({
          version: String(version),
          engine_version: "4",
          pipeline_name: trialPipeline,
          state: text,
          created_at: "2026-01-01T00:00:00.000001Z",
          version_hash: `hash of ${text}`,
          _dlt_load_id: loadId(load),
          _dlt_id: `state ${version} ${text}`,
        });
        await bench.expectRows(stateTable, [row(1, "first", 2), row(2, "second", 3)]);
      },
    },
    {
      name: "the state of the load with the greatest number wins, whatever its version",
      run: async (bench) => {
        await bench.load(contactsOf(1, { loadId: "999999999.9", state: stateOf(9, "older") }));
        await bench.load(contactsOf(1, { loadId: "1000000000.5", state: stateOf(1, "newer") }));
        deepStrictEqual((await bench.read()).state?.text, "newer");
      },
    },
    {
      name: "pipelines have states of their own",
      run: async (bench) => {
        await bench.load(contactsOf(1, { state: stateOf(1, "mine") }));
        await bench.load(contactsOf(2, { pipeline: "other", state: stateOf(2, "other's") }));
        deepStrictEqual((await bench.read()).state?.text, "mine");
        deepStrictEqual((await bench.read({ pipeline: "other" })).state?.text, "other's");
        deepStrictEqual((await bench.read({ pipeline: "nobody" })).state, undefined);
      },
    },
    {
      name: "a long state and one with quotes are kept",
      run: async (bench) => {
        const text = `it's "quoted" \\ ${"x".repeat(300_000)}`;
        await bench.load(contactsOf(1, { state: stateOf(1, text) }));
        deepStrictEqual((await bench.read()).state?.text, text);
      },
    },
    {
      name: "partitions come back whole, the newest of each",
      run: async (bench) => {
        const full: PartitionRecord = partition("contacts", "2026-01-01..2026-02-01", {
          partition: {
            id: "2026-01-01..2026-02-01",
            kind: "window",
            fingerprint: "it's the first",
            data: { from: "2026-01-01", deep: [1, null, { 'quo"te': "é" }] },
          },
          verdict: { rows: "truncated", expected: 1200, read: 1050, note: "the source's offset ends at 1000" },
        });
        const bare = partition("contacts", "b", {
          partition: { id: "b", kind: "parent", fingerprint: undefined, data: undefined },
        });
        const other = partition("sites", "b");
        await bench.load(contactsOf(1, { partitions: [full, bare, other] }));
        const again: PartitionRecord = {
          ...full,
          verdict: { ...full.verdict, rows: "proved" },
          runId: "run 2",
          loadId: loadId(2),
        };
        await bench.load(contactsOf(2, { partitions: [again] }));
        const read = async (...resources: string[]): Promise<readonly PartitionRecord[]> => {
          const { partitions } = await bench.read({ resources });
          return [...partitions].map(normalized).sort((a, b) => (key(a) < key(b) ? -1 : 1));
        };
        deepStrictEqual(await read("contacts"), [again, bare]);
        deepStrictEqual(await read("contacts", "sites"), [again, bare, other]);
        deepStrictEqual(await read(), []);
        deepStrictEqual((await bench.rows(partitionsTable)).length, 3);
      },
    },
    {
      name: "partitions of another schema are not mixed in",
      run: async (bench) => {
        await bench.load(contactsOf(1, { partitions: [partition("contacts", "a")] }));
        const theirs = partition("contacts", "a", { runId: "their run", loadId: loadId(2) });
        await bench.load(contactsOf(2, { schemaName: "theirs", partitions: [theirs] }));
        const runs = async (schemaName: string): Promise<readonly string[]> =>
          (await bench.read({ schemaName, resources: ["contacts"] })).partitions.map(({ runId }) => runId);
        deepStrictEqual([await runs(trialSchema), await runs("theirs")], [["run 1"], ["their run"]]);
      },
    },
    {
      name: "verdicts are stored with their load",
      run: async (bench) => {
        const completeness = [
          {
            resource: "contacts",
            rows: "truncated",
            expected: 12,
            read: 10,
            freshness: "2025-12-01",
            note: "it's cut",
          },
          { resource: "sites", rows: "proved", read: 3 },
        ] as const;
        await bench.load(contactsOf(1, { completeness, committedAt: "2026-01-02T03:04:05.000006Z" }));
        const always = {
          load_id: loadId(1),
          schema_name: trialSchema,
          run_id: `run of ${loadId(1)}`,
          checked_at: "2026-01-02T03:04:05.000006Z",
        };
        await bench.expectRows(completenessTable, [
          {
            ...always,
            resource: "contacts",
            rows: "truncated",
            expected: "12",
            read: "10",
            freshness: "2025-12-01",
            note: "it's cut",
          },
          { ...always, resource: "sites", rows: "proved", expected: null, read: "3", freshness: null, note: null },
        ]);
      },
    },
    {
      name: "a load may bring partitions and no rows",
      run: async (bench) => {
        await bench.load(contactsOf(1, { parts: [], partitions: [partition("contacts", "a")] }));
        deepStrictEqual((await bench.read({ resources: ["contacts"] })).partitions.length, 1);
        await expectContacts(bench, []);
      },
    },
  ],
};

/** An absent member and one that is `undefined` say the same. */
function normalized({ resource, partition: of, verdict, runId, loadId: load }: PartitionRecord): PartitionRecord {
  return {
    resource,
    partition: { id: of.id, kind: of.kind, fingerprint: of.fingerprint, data: of.data },
    verdict: { rows: verdict.rows, expected: verdict.expected, read: verdict.read, note: verdict.note },
    runId,
    loadId: load,
  };
}

function key({ resource, partition: { id } }: PartitionRecord): string {
  return `${resource} ${id}`;
}
