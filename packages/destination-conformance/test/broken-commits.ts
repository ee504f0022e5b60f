import type { Destination, LoadCommit, TableChain, Table } from "@typeload/core";
import type { BrokenDestination } from "./broken-destinations.ts";
import { wrapDestination } from "./wrap-destination.ts";

function changingCommit(change: (commit: LoadCommit) => LoadCommit) {
  return (destination: Destination): Destination =>
    wrapDestination(destination, { commit: (inner) => (commit, signal) => inner.commit(change(commit), signal) });
}

function changingChains(change: (chain: TableChain) => readonly TableChain[]) {
  return changingCommit((commit) => ({ ...commit, chains: commit.chains.flatMap(change) }));
}

/** The commit as if the schema had no child tables. */
function withoutChildTables({ schema, ...commit }: LoadCommit): LoadCommit {
  const roots = Object.entries(schema.tables).filter(([, table]: [string, Table]) => table.parent === undefined);
  return { ...commit, schema: { ...schema, tables: Object.fromEntries(roots) } };
}

const withoutScd2 = { mergeStrategies: ["delete-insert", "upsert", "insert-only"] } as const;

/** Destinations that write the wrong rows when they commit, or forget what belongs to a load. */
export const brokenCommits: readonly BrokenDestination[] = [
  {
    does: "appends what should be merged",
    breakIt: changingChains((chain) =>
      chain.writeDisposition.kind === "merge" ? [{ ...chain, writeDisposition: { kind: "append" } }] : [chain],
    ),
    caughtBy: "merge: delete-insert: adds new keys, replaces stored ones, leaves the others",
  },
  {
    does: "leaves the children of merged rows behind",
    breakIt: changingCommit((commit) =>
      withoutChildTables({
        ...commit,
        chains: commit.chains.flatMap((chain): readonly TableChain[] => {
          const [root, ...children] = chain.tables;
          if (chain.writeDisposition.kind !== "merge" || root === undefined) return [chain];
          return [
            { ...chain, tables: [root] },
            ...children.map((child) => ({
              ...chain,
              writeDisposition: { kind: "append" } as const,
              tables: [child],
            })),
          ];
        }),
      }),
    ),
    caughtBy: "merge: delete-insert: children go and come with their root",
  },
  {
    does: "lets the first version of a key win",
    breakIt: (destination) =>
      wrapDestination(destination, {
        stage: (inner) => (part, batches, signal) =>
          inner.stage(
            part,
            batches.map((batch) => ({ ...batch, ordinals: batch.ordinals.map((ordinal) => -ordinal) })),
            signal,
          ),
      }),
    caughtBy:
      "merge: delete-insert: of several versions of a key the last one received wins, with its children and no others",
  },
  {
    does: "merges by the first column of a key alone",
    breakIt: changingChains((chain) => [{ ...chain, primaryKey: chain.primaryKey.slice(0, 1) }]),
    caughtBy: "merge: delete-insert: a key of several columns is one key",
  },
  {
    does: "finds merged rows by their id alone",
    breakIt: changingChains((chain) => [{ ...chain, primaryKey: [] }]),
    caughtBy: "merge: delete-insert: rows under ids of another writer are found by the key, with their children",
  },
  {
    does: "rewrites rows that did not change",
    breakIt: changingChains((chain) => [{ ...chain, unchanged: "rewrite" }]),
    caughtBy: "merge: delete-insert: keep: equal rows stay with the load that wrote them",
  },
  {
    does: "keeps rows that should be rewritten",
    breakIt: changingChains((chain) => [{ ...chain, unchanged: "keep" }]),
    caughtBy: "merge: delete-insert: rewrite: equal rows belong to the new load",
  },
  {
    does: "replaces by adding",
    breakIt: changingChains((chain) =>
      chain.writeDisposition.kind === "replace" ? [{ ...chain, writeDisposition: { kind: "append" } }] : [chain],
    ),
    caughtBy: "replace: takes the place of all rows and children",
  },
  {
    does: "replaces only tables that got rows",
    breakIt: changingCommit((commit) =>
      withoutChildTables({
        ...commit,
        chains: commit.chains.map((chain) => ({
          ...chain,
          tables: chain.tables.filter(({ versions }) => versions.length > 0),
        })),
      }),
    ),
    caughtBy: "replace: empties child tables that get no rows",
  },
  {
    does: "merges by scd2 although it says that it can't",
    states: withoutScd2,
    breakIt: (destination) => ({ ...destination, capabilities: { ...destination.capabilities, ...withoutScd2 } }),
    caughtBy: "refusals: merge by scd2 is refused",
  },
  {
    does: "forgets partitions",
    breakIt: changingCommit((commit) => ({ ...commit, partitions: [] })),
    caughtBy: "state: partitions come back whole, the newest of each",
  },
  {
    does: "forgets verdicts",
    breakIt: changingCommit((commit) => ({ ...commit, completeness: [] })),
    caughtBy: "state: verdicts are stored with their load",
  },
  {
    does: "orders load ids as text",
    breakIt: (destination) =>
      wrapDestination(destination, {
        read: (inner) => async (request, signal) => {
          const stored = await inner.read(request, signal);
          if (!stored.exists) return stored;
          const loads = (await inner.query('SELECT * FROM "_dlt_loads"', signal)).map((row) => String(row["load_id"]));
          return { ...stored, greatestLoadId: loads.sort().at(-1) };
        },
      }),
    caughtBy: "state: the greatest load id is the greatest number",
  },
  {
    does: "says that a missing dataset is there",
    breakIt: (destination) =>
      wrapDestination(destination, {
        read: (inner) => async (request, signal) => ({ ...(await inner.read(request, signal)), exists: true }),
      }),
    caughtBy: "state: a dataset that is not there is no error, and is not made by looking at it",
  },
];
