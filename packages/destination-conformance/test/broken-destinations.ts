import type { Capabilities, Destination, Lease, LoadCommit, Schema, TableChain } from "@typeload/core";
import { storeSchema } from "@typeload/core";
import { bendingRows, countingStaged } from "./bending-rows.ts";
import { wrapDestination } from "./wrap-destination.ts";

/** A destination with one fault. */
export interface BrokenDestination {
  /** What is wrong with it: `drops a row`. */
  readonly does: string;
  /** What it states of itself, where that is less than the correct one can. */
  readonly states?: Partial<Capabilities>;
  /** Makes it from a correct one. */
  readonly breakIt: (destination: Destination) => Destination;
  /** The check that is there to find this fault. */
  readonly caughtBy: string;
}

/** Destinations that lose, repeat or show rows at the wrong time. */
export const brokenLoads: readonly BrokenDestination[] = [
  {
    does: "drops the last row of a part",
    breakIt: (destination) =>
      bendingRows(destination, (row, _table, index, count) => (index > 0 && index === count - 1 ? undefined : row)),
    caughtBy: "append: adds the rows of every part, with their children",
  },
  {
    does: "loses child rows after the first",
    breakIt: (destination) =>
      bendingRows(destination, (row, { parent }) =>
        parent !== undefined && row["_dlt_list_idx"] !== 0n ? undefined : row,
      ),
    caughtBy: "append: adds the rows of every part, with their children",
  },
  {
    does: "repeats a part that is staged again",
    breakIt(destination) {
      const counted = countingStaged();
      let calls = 0;
      return wrapDestination(destination, {
        stage: (inner) => async (part, batches, signal) => {
          calls += 1;
          const staged = await inner.stage({ ...part, part: calls }, batches, signal);
          counted.staged(part.loadId, part.table.name, part.tableVersion, calls, staged.rows);
          return staged;
        },
        commit: (inner) => (commit, signal) => inner.commit(counted.expectingWhatIsThere(commit), signal),
        discard: counted.discard,
      });
    },
    caughtBy: "atomicity: a part staged again takes the place of what was staged of it",
  },
  {
    does: "ignores expected counts",
    breakIt: (destination) => bendingRows(destination, (row) => row),
    caughtBy:
      "atomicity: a commit is refused, and changes nothing, when fewer rows are staged than expected, of the root",
  },
  {
    does: "ignores the load id: a repeated commit doubles rows",
    breakIt(destination) {
      const commits = new Map<string, number>();
      const inside = (loadId: string): string => loadId + "0".repeat(commits.get(loadId) ?? 0);
      return wrapDestination(destination, {
        stage: (inner) => (part, batches, signal) =>
          inner.stage({ ...part, loadId: inside(part.loadId) }, batches, signal),
        commit: (inner) => async (commit, signal) => {
          const result = await inner.commit({ ...commit, loadId: inside(commit.loadId) }, signal);
          commits.set(commit.loadId, (commits.get(commit.loadId) ?? 0) + 1);
          return result;
        },
      });
    },
    caughtBy: "atomicity: a commit repeated under the same load id changes nothing, and says so",
  },
  {
    does: "commits the state before the rows",
    breakIt: (destination) =>
      wrapDestination(destination, {
        commit: (inner) => async (commit, signal) => {
          const early = { ...commit, loadId: `${commit.loadId}0`, chains: [], partitions: [], completeness: [] };
          // In a session of its own, where nothing is staged under that load id.
          await inner.commit(early, signal);
          return inner.commit({ ...commit, state: undefined }, signal);
        },
      }),
    caughtBy:
      "atomicity: a commit is refused, and changes nothing, when fewer rows are staged than expected, of the root",
  },
  {
    does: "shows rows part by part, before the commit",
    breakIt(destination) {
      let lease: Lease | undefined;
      let schema: Schema | undefined;
      let calls = 0;
      return wrapDestination(destination, {
        claim: (inner) => async (claim, signal) => (lease = await inner.claim(claim, signal)),
        prepare: (inner) => (request, signal) => {
          schema = request.schema;
          return inner.prepare(request, signal);
        },
        stage: (inner) => async (part, batches, signal) => {
          if (lease === undefined || schema === undefined) throw new Error("claim and prepare come first");
          calls += 1;
          const loadId = `${part.loadId}${calls}`;
          const staged = await inner.stage({ ...part, loadId }, batches, signal);
          const { table, tableVersion } = part;
          await inner.commit(
            partCommit(loadId, lease, schema, { table, versions: [{ tableVersion, table, rows: staged.rows }] }),
            signal,
          );
          return staged;
        },
        commit: (inner) => (commit, signal) => inner.commit({ ...commit, chains: [] }, signal),
      });
    },
    caughtBy: "atomicity: nobody sees what is staged",
  },
  {
    does: "keeps what is staged when it is discarded",
    breakIt: (destination) => wrapDestination(destination, { discard: () => async () => {} }),
    caughtBy: "atomicity: discard throws away what is staged of that load, and nothing else",
  },
  {
    does: "knows only the columns of a part's first batch",
    breakIt: (destination) =>
      wrapDestination(destination, {
        stage: (inner) => (part, batches, signal) => {
          const known = new Set(batches[0]?.columns.map(({ column }) => column.name));
          const cut = batches.map((batch) => ({
            ...batch,
            columns: batch.columns.filter(({ column }) => known.has(column.name)),
          }));
          return inner.stage(part, cut, signal);
        },
      }),
    caughtBy: "schema evolution: a column that appears between two batches of a part",
  },
];

function partCommit(loadId: string, lease: Lease, schema: Schema, staged: TableChain["tables"][number]): LoadCommit {
  const stored = storeSchema(schema);
  return {
    loadId,
    runId: "early",
    pipeline: lease.pipeline,
    lease,
    schema: stored.schema,
    storedSchema: stored.text,
    chains: [
      {
        resource: staged.table.name,
        writeDisposition: { kind: "append" },
        unchanged: "rewrite",
        primaryKey: [],
        mergeKey: [],
        tables: [staged],
      },
    ],
    partitions: [],
    completeness: [],
    committedAt: "2026-01-01T00:00:00Z",
  };
}
