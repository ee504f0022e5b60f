import { deepStrictEqual } from "node:assert/strict";
import { contractVersion, dataTypes, type MergeStrategy, type WriteDisposition } from "@typeload/core";
import type { Bench } from "../bench.ts";
import type { Check, Suite } from "../check.ts";
import { expectAnyFailure, expectFailure } from "../expect-failure.ts";
import { contactsLoad, contactTables, expectContacts } from "../fixtures/contacts.ts";
import { samples, sampleTable } from "../fixtures/samples.ts";
import { loadsTable } from "../fixtures/system-tables.ts";
import { TrialAttempt } from "../trial-attempt.ts";
import { loadId, plainLoad } from "../trial-load.ts";

const strategies: readonly MergeStrategy[] = ["delete-insert", "upsert", "insert-only", "scd2"];
const dispositions: readonly WriteDisposition[] = [
  { kind: "append" },
  { kind: "replace" },
  ...strategies.map((strategy) => ({ kind: "merge", strategy }) as const),
];

/** What the destination does not do, it says before anything is changed. */
export const refusals: Suite = {
  name: "refusals",
  checks: (expects): readonly Check[] => [
    {
      name: "the destination states what is expected of it",
      run: async ({ destination }) => {
        deepStrictEqual(destination.contractVersion, contractVersion);
        const { dataTypes: types, guarantee } = destination.capabilities;
        const { widenings, writeDispositions, mergeStrategies, mergeHints } = destination.capabilities;
        const stated = { types, widenings, writeDispositions, mergeStrategies, mergeHints };
        const { dataTypes: expectedTypes, guarantee: expectedGuarantee, ...others } = expects;
        const expected = {
          types: expectedTypes,
          widenings: others.widenings,
          writeDispositions: others.writeDispositions,
          mergeStrategies: others.mergeStrategies,
          mergeHints: others.mergeHints,
        };
        deepStrictEqual(unordered(stated), unordered(expected));
        deepStrictEqual(guarantee, expectedGuarantee);
        deepStrictEqual(destination.capabilities.sessionsAtOnce, others.sessionsAtOnce);
      },
    },
    ...dispositions
      .filter((disposition) => !supports(expects, disposition))
      .map((disposition) => ({
        name: `${disposition.kind === "merge" ? `merge by ${disposition.strategy}` : disposition.kind} is refused`,
        run: (bench: Bench) => refusesDisposition(bench, disposition),
      })),
    ...dataTypes
      .filter((dataType) => !expects.dataTypes.includes(dataType))
      .map((dataType) => ({
        name: `a column of type ${dataType} is refused`,
        run: async (bench: Bench) => {
          const rows = [{ n: 1, sample: dataType === "decimal" ? "1" : samples[dataType][0] }];
          const table = sampleTable({ dataType });
          const load = plainLoad({ loadId: loadId(1), writeDisposition: { kind: "append" }, table, rows });
          await expectFailure(bench.load(load), "unsupported");
        },
      })),
    {
      name: "a session that was opened to read writes nothing",
      run: async (bench) => {
        const ada = { id: 1, name: "Ada" };
        await bench.load(contactsLoad({ loadId: loadId(1), writeDisposition: { kind: "append" }, parts: [[ada]] }));
        const lease = await bench.lease();
        await bench.withSession("read", async (session) => {
          const claim = { pipeline: "p", token: "t", holder: "h", ttlSeconds: 600, takeOver: true };
          await expectAnyFailure(session.claim(claim, bench.signal));
          const table = sampleTable({ dataType: "text" });
          const schema = { name: "s", version: 1, tables: { samples: table } };
          await expectAnyFailure(session.prepare({ schema, tables: ["samples"] }, bench.signal));
          await expectAnyFailure(session.release(lease, bench.signal));
          await expectAnyFailure(session.drop(bench.signal));
        });
        await expectContacts(bench, [[loadId(1), [ada]]]);
        await bench.load(contactsLoad({ loadId: loadId(2), writeDisposition: { kind: "append" }, parts: [[ada]] }));
      },
    },
    {
      name: "rows for a table that was not prepared are refused",
      run: async (bench) => {
        const lease = await bench.lease();
        await bench.withSession("load", async (session) => {
          const table = sampleTable({ dataType: "text" });
          const load = plainLoad({
            loadId: loadId(1),
            writeDisposition: { kind: "append" },
            table,
            rows: [{ n: 1, sample: "a" }],
          });
          const attempt = new TrialAttempt(bench, session, load, lease);
          await expectAnyFailure(attempt.stage().then(() => attempt.commit()));
          deepStrictEqual(await bench.rows(loadsTable, session), []);
        });
      },
    },
    {
      name: "drop removes the dataset with everything in it",
      run: async (bench) => {
        const ada = { id: 1, name: "Ada", tags: [{ value: "vip" }] };
        await bench.load(contactsLoad({ loadId: loadId(1), writeDisposition: { kind: "append" }, parts: [[ada]] }));
        await bench.withSession("load", (session) => session.drop(bench.signal));
        const { exists, finishedLoads, greatestLoadId } = await bench.read({ loadIds: [loadId(1)] });
        deepStrictEqual([exists, finishedLoads.size, greatestLoadId], [false, 0, undefined]);
        await bench.withSession("load", (session) => session.drop(bench.signal));
      },
    },
  ],
};

function supports(
  {
    writeDispositions,
    mergeStrategies,
  }: { readonly writeDispositions: readonly string[]; readonly mergeStrategies: readonly string[] },
  disposition: WriteDisposition,
): boolean {
  if (!writeDispositions.includes(disposition.kind)) return false;
  return disposition.kind !== "merge" || mergeStrategies.includes(disposition.strategy);
}

const versions = {
  validFrom: "valid_from",
  validTo: "valid_to",
  boundaryTimestamp: "2026-01-01T00:00:00.000000Z",
  rowVersion: "_dlt_id",
};

/** At the latest in the commit, and nothing is to be seen of the load. */
async function refusesDisposition(bench: Bench, writeDisposition: WriteDisposition): Promise<void> {
  const ada = { id: 1, name: "Ada" };
  const load = contactsLoad({
    loadId: loadId(1),
    writeDisposition,
    primaryKey: ["id"],
    scd2: writeDisposition.kind === "merge" && writeDisposition.strategy === "scd2" ? versions : undefined,
    ids: "by key",
    parts: [[ada]],
  });
  await expectFailure(bench.load(load), "unsupported");
  const { finishedLoads } = await bench.read({ loadIds: [loadId(1)] });
  deepStrictEqual(finishedLoads.size, 0);
  const appended = { loadId: loadId(2), writeDisposition: { kind: "append" }, parts: [] } as const;
  await bench.load({
    ...contactsLoad(appended),
    chains: [{ tables: contactTables, writeDisposition: { kind: "append" } }],
  });
  await expectContacts(bench, []);
}

function unordered(lists: Readonly<Record<string, readonly unknown[]>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(lists).map(([name, list]) => [name, list.map((it) => JSON.stringify(it)).sort()]),
  );
}
