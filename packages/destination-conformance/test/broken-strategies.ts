import type { Column, Destination, Scd2Chain, TableChain } from "@typeload/core";
import type { BrokenDestination } from "./broken-destinations.ts";
import { wrapDestination } from "./wrap-destination.ts";

function changingChains(change: (chain: TableChain) => TableChain) {
  return (destination: Destination): Destination =>
    wrapDestination(destination, {
      commit: (inner) => (commit, signal) => inner.commit({ ...commit, chains: commit.chains.map(change) }, signal),
    });
}

function changingScd2(change: (scd2: Scd2Chain) => Scd2Chain) {
  return changingChains((chain) => ({ ...chain, scd2: chain.scd2 === undefined ? undefined : change(chain.scd2) }));
}

function takingForText(which: (column: Column, chain: TableChain) => boolean) {
  const retyped = (column: Column, chain: TableChain): Column =>
    which(column, chain) ? { ...column, dataType: "text" } : column;
  return changingChains((chain) => ({
    ...chain,
    tables: chain.tables.map(({ table, versions }) => ({
      versions,
      table: { ...table, columns: table.columns.map((column) => retyped(column, chain)) },
    })),
  }));
}

/** Destinations that heed hints or strategies of a merge in part. */
export const brokenStrategies: readonly BrokenDestination[] = [
  {
    does: "lets the last version of a key win where a column decides",
    breakIt: changingChains((chain) => ({ ...chain, dedupSort: undefined })),
    caughtBy:
      "merge: delete-insert: dedup sort: the greatest value wins, whenever it came, with its children and no others",
  },
  {
    does: "always takes the greatest value",
    breakIt: changingChains(({ dedupSort, ...chain }) => ({
      ...chain,
      dedupSort: dedupSort === undefined ? undefined : { ...dedupSort, order: "desc" },
    })),
    caughtBy: "merge: upsert: dedup sort: ascending, the least value wins",
  },
  {
    does: "orders numbers as text",
    breakIt: takingForText((column) => column.dataType === "decimal"),
    caughtBy: "merge: delete-insert: dedup sort: orders amount by value",
  },
  {
    does: "writes records that say that they are deleted",
    breakIt: changingChains((chain) => ({ ...chain, hardDelete: undefined })),
    caughtBy:
      "merge: delete-insert: hard delete: the row of the key goes with all its children, and nothing of the record is written",
  },
  {
    does: "takes a flag that is false for a deletion",
    breakIt: takingForText((column, chain) => column.name === chain.hardDelete),
    caughtBy: "merge: delete-insert: hard delete: a bool deletes when it is true, not when it is false or null",
  },
  {
    does: "leaves the group of a merge key",
    breakIt: changingChains((chain) => ({ ...chain, mergeKey: chain.scd2 === undefined ? [] : chain.mergeKey })),
    caughtBy:
      "merge: delete-insert: merge key: all stored rows of a group that came go, with their children, and all new ones come",
  },
  {
    does: "groups by the first column of a merge key alone",
    breakIt: changingChains((chain) => ({ ...chain, mergeKey: chain.mergeKey.slice(0, 1) })),
    caughtBy: "merge: upsert: merge key: several columns are one key",
  },
  {
    does: "replaces stored rows although it may only add",
    breakIt: changingChains((chain) => ({
      ...chain,
      writeDisposition:
        chain.writeDisposition.kind === "merge" && chain.writeDisposition.strategy === "insert-only"
          ? { kind: "merge", strategy: "upsert" }
          : chain.writeDisposition,
    })),
    caughtBy: "merge: insert-only: adds new keys with their children, leaves stored ones as they are",
  },
  {
    does: "ends and begins versions by its own clock",
    breakIt: changingScd2((scd2) => ({ ...scd2, boundaryTimestamp: `${new Date().toISOString().slice(0, -1)}000Z` })),
    caughtBy: "merge: scd2: a change ends one version and begins another, at the boundary, each with its children",
  },
  {
    does: "tells versions apart by their id alone",
    breakIt: changingScd2((scd2) => ({ ...scd2, rowVersion: "_dlt_id" })),
    caughtBy: "merge: scd2: a column of the data can tell versions apart, whatever else changed",
  },
  {
    does: "ends versions with null alone",
    breakIt: changingScd2(({ activeRecordTimestamp: _active, ...scd2 }) => scd2),
    caughtBy: "merge: scd2: the end of valid versions can be a time",
  },
  {
    does: "ends versions of keys that did not come",
    breakIt: changingChains((chain) => ({ ...chain, mergeKey: chain.scd2 === undefined ? chain.mergeKey : [] })),
    caughtBy: "merge: scd2: with a merge key only versions of the keys that came end",
  },
];
