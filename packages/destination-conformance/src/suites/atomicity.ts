import { deepStrictEqual } from "node:assert/strict";
import type { DestinationSession, LoadCommit, PartitionRecord, RowBatch, TableChain } from "@typeload/core";
import type { Bench, CanonicalRow } from "../bench.ts";
import type { Check, Suite } from "../check.ts";
import { expectAnyFailure, expectFailure } from "../expect-failure.ts";
import { contactsLoad, expectContacts, type Contact } from "../fixtures/contacts.ts";
import { completenessTable, loadsTable, partitionsTable, stateTable, versionTable } from "../fixtures/system-tables.ts";
import { batchesOf } from "../trial-attempt.ts";
import { loadId, type TrialLoad } from "../trial-load.ts";

const ada = { id: 1, name: "Ada", tags: [{ value: "vip", marks: ["a", "b"] }] };
const bob = { id: 2, name: "Bob" };
const cleo = { id: 3, name: "Cleo", tags: [{ value: "vip" }] };

/** A load that changes something of everything a commit writes. */
function fullLoad(n: number, ...parts: readonly (readonly Contact[])[]): TrialLoad {
  const partition: PartitionRecord = {
    resource: "contacts",
    partition: { id: "p", kind: "whole" },
    verdict: { rows: "proved" },
    runId: `run ${n}`,
    loadId: loadId(n),
  };
  return contactsLoad({
    loadId: loadId(n),
    writeDisposition: { kind: "append" },
    parts,
    state: {
      version: n,
      engineVersion: 4,
      state: `state ${n}`,
      createdAt: "2026-01-01T00:00:00Z",
      versionHash: `hash ${n}`,
      dltId: `state ${n}`,
    },
    partitions: [partition],
    completeness: [{ resource: "contacts", rows: "proved", read: n }],
  });
}

/** Everything of the dataset that must not change when a commit fails. */
async function bookkeeping(bench: Bench, session?: DestinationSession): Promise<readonly (readonly CanonicalRow[])[]> {
  const tables = [loadsTable, versionTable, stateTable, partitionsTable, completenessTable];
  const rows: (readonly CanonicalRow[])[] = [];
  for (const table of tables) rows.push(await bench.rows(table, session));
  return rows;
}

/** All of a load is seen, or nothing, and never twice. */
export const atomicity: Suite = {
  name: "atomicity",
  checks: [
    {
      name: "nobody sees what is staged",
      run: async (bench) => {
        await bench.load(fullLoad(1, [ada]));
        await using attempt = await bench.begin(fullLoad(2, [bob, cleo]));
        const before = await bookkeeping(bench, attempt.session);
        await attempt.stage();
        await expectContacts(bench, [[loadId(1), [ada]]], attempt.session);
        deepStrictEqual(await bookkeeping(bench, attempt.session), before);
      },
    },
    {
      name: "a session that ends before the commit leaves nothing, and the load can be made again",
      run: async (bench) => {
        await bench.load(fullLoad(1, [ada]));
        const load = fullLoad(2, [bob], [cleo]);
        {
          await using killed = await bench.begin(load);
          await killed.stage(load.parts.slice(0, 2));
        }
        await expectContacts(bench, [[loadId(1), [ada]]]);
        const again = await bench.begin(load);
        await again.session.discard(load.loadId, bench.signal);
        await again.stage();
        await again.commit();
        await bench.close(again.session);
        await expectContacts(bench, [
          [loadId(1), [ada]],
          [loadId(2), [bob, cleo]],
        ]);
      },
    },
    {
      name: "discard throws away what is staged of that load, and nothing else",
      run: async (bench) => {
        const load = fullLoad(1, [ada]);
        await using attempt = await bench.begin(load);
        await attempt.session.discard(load.loadId, bench.signal);
        await attempt.stage();
        await attempt.session.discard(loadId(9), bench.signal);
        await attempt.session.discard(load.loadId, bench.signal);
        await expectFailure(attempt.commit(), "staged_count");
        await attempt.stage();
        await attempt.commit();
        await expectContacts(bench, [[loadId(1), [ada]]], attempt.session);
      },
    },
    ...(
      [
        ["fewer rows are staged than expected, of the root", "contacts", 1],
        ["more rows are staged than expected, of the root", "contacts", -1],
        ["fewer rows are staged than expected, of a child table", "contacts__tags__marks", 1],
      ] as const
    ).map(([what, table, by]): Check => ({
      name: `a commit is refused, and changes nothing, when ${what}`,
      run: async (bench) => {
        await bench.load(fullLoad(1, [ada]));
        const load = fullLoad(2, [ada, bob], [cleo]);
        {
          await using attempt = await bench.begin(load);
          const before = await bookkeeping(bench, attempt.session);
          await attempt.stage();
          const chains = expecting(attempt.request(), table, by);
          await expectFailure(attempt.commit({ chains }), "staged_count");
          await expectContacts(bench, [[loadId(1), [ada]]], attempt.session);
          deepStrictEqual(await bookkeeping(bench, attempt.session), before);
        }
        deepStrictEqual((await bench.read()).state?.text, "state 1");
        await bench.load(load);
        await expectContacts(bench, [
          [loadId(1), [ada]],
          [loadId(2), [ada, bob, cleo]],
        ]);
      },
    })),
    {
      name: "a commit that its caller gave up beforehand changes nothing",
      run: async (bench) => {
        await bench.load(fullLoad(1, [ada]));
        await using attempt = await bench.begin(fullLoad(2, [bob]));
        await attempt.stage();
        await expectAnyFailure(attempt.commit({}, AbortSignal.abort(new Error("given up"))));
        await bench.close(attempt.session);
        await expectContacts(bench, [[loadId(1), [ada]]]);
        deepStrictEqual((await bench.read({ loadIds: [loadId(2)] })).finishedLoads.size, 0);
      },
    },
    {
      name: "a commit repeated under the same load id changes nothing, and says so",
      run: async (bench) => {
        await bench.load(fullLoad(1, [ada]));
        const load = fullLoad(2, [ada, bob], [cleo]);
        await bench.load(load);
        const before = await bench.withSession("read", (session) => bookkeeping(bench, session));
        const stored = [
          [loadId(1), [ada]],
          [loadId(2), [ada, bob, cleo]],
        ] as const;
        for (const stagedAgain of [false, true]) {
          await using attempt = await bench.begin(load);
          if (stagedAgain) await attempt.stage();
          const { alreadyCommitted } = await attempt.commit();
          deepStrictEqual(alreadyCommitted, true);
          await expectContacts(bench, stored, attempt.session);
          deepStrictEqual(await bookkeeping(bench, attempt.session), before);
        }
      },
    },
    {
      name: "a part staged again takes the place of what was staged of it",
      run: async (bench) => {
        const load = fullLoad(1, [ada, bob], [cleo]);
        await using attempt = await bench.begin(load);
        await attempt.stage(
          load.parts.map((part) => ({ ...part, rows: part.rows.map((row) => ({ ...row, ...lost(row) })) })),
        );
        await attempt.stage([...load.parts, ...load.parts.slice(0, 2)]);
        await attempt.commit();
        await expectContacts(bench, [[loadId(1), [ada, bob, cleo]]], attempt.session);
      },
    },
    {
      name: "a part whose rows end in an error counts for nothing, and can be staged again",
      run: async (bench) => {
        const load = fullLoad(1, [ada, bob, cleo]);
        await using attempt = await bench.begin(load);
        for (const part of load.parts) await expectAnyFailure(attempt.stageBatches(part, breakingOff(batchesOf(part))));
        await attempt.stage();
        await attempt.commit();
        await expectContacts(bench, [[loadId(1), [ada, bob, cleo]]], attempt.session);
      },
    },
    {
      name: "a load may be staged again under another load id",
      run: async (bench) => {
        const given = fullLoad(1, [ada]);
        const taken = fullLoad(2, [bob]);
        await using first = await bench.begin(given);
        await first.stage();
        await first.session.discard(given.loadId, bench.signal);
        await bench.close(first.session);
        await bench.load(taken);
        await expectContacts(bench, [[loadId(2), [bob]]]);
      },
    },
  ],
};

/** The chains with another expected count of one table. */
function expecting({ chains }: LoadCommit, table: string, by: number): readonly TableChain[] {
  return chains.map((chain) => ({
    ...chain,
    tables: chain.tables.map((staged) =>
      staged.table.name === table
        ? { ...staged, versions: staged.versions.map((version) => ({ ...version, rows: version.rows + by })) }
        : staged,
    ),
  }));
}

/** What the row says is something else. */
function lost(row: object): Readonly<Record<string, string>> {
  return "name" in row ? { name: "of the lost answer" } : { value: "of the lost answer" };
}

async function* breakingOff(batches: readonly RowBatch[]): AsyncGenerator<RowBatch> {
  yield* batches;
  throw new Error("the log could not be read on");
}
