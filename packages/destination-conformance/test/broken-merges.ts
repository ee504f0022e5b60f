import type { DestinationSession, LoadCommit, QueryRow, Table } from "@typeload/core";
import { type CellInput, typedBatch } from "@typeload/core/testing";
import type { BrokenDestination } from "./broken-destinations.ts";
import { wrapDestination } from "./wrap-destination.ts";

/** Destinations that do not see children which a merge has to clear away. */
export const brokenMerges: readonly BrokenDestination[] = [
  {
    does: "looks for old children below stored roots only",
    breakIt: overlooking((children, roots) => {
      const ids = new Set(roots.map((row) => row["_dlt_id"]));
      return children.filter((row) => !ids.has(row["_dlt_root_id"]));
    }),
    caughtBy: "merge: delete-insert: rewrite: children whose root was deleted make room for those that come with it",
  },
  {
    does: "keeps children that are stored twice",
    breakIt: overlooking((children) =>
      children.filter((row, index) => children.findIndex((other) => other["_dlt_id"] === row["_dlt_id"]) < index),
    ),
    caughtBy: "merge: delete-insert: keep: children that are stored twice are a change of their root",
  },
];

type Overlooked = (children: readonly QueryRow[], roots: readonly QueryRow[]) => readonly QueryRow[];

/** Some stored child rows are put aside before a merge, and put back after it, as if the merge had not seen them. */
function overlooking(overlooked: Overlooked): BrokenDestination["breakIt"] {
  return (destination) =>
    wrapDestination(destination, {
      commit: (inner) => async (commit, signal) => {
        const [chain] = commit.chains;
        const root = chain?.tables[0]?.table;
        if (chain?.writeDisposition.kind !== "merge" || root === undefined) return inner.commit(commit, signal);
        const roots = await allRows(inner, root);
        const tables = Object.values(commit.schema.tables).filter(({ parent }) => parent !== undefined);
        const aside = new Map<Table, readonly QueryRow[]>();
        for (const table of tables) {
          const rows = await allRows(inner, table);
          const hidden = overlooked(rows, roots);
          if (hidden.length === 0) continue;
          aside.set(table, hidden);
          await write(
            inner,
            commit,
            "replace",
            table,
            rows.filter((row) => !hidden.includes(row)),
          );
        }
        const result = await inner.commit(commit, signal);
        for (const [table, rows] of aside) await write(inner, commit, "append", table, rows);
        return result;
      },
    });
}

function allRows(session: DestinationSession, { name }: Table): Promise<readonly QueryRow[]> {
  return session.query(`SELECT * FROM "${name}"`).catch(() => []);
}

let writes = 0;

/** Writes rows of one table in a load of its own, beside the load that is being committed. */
async function write(
  session: DestinationSession,
  { lease, pipeline, runId, committedAt, storedSchema, schema }: LoadCommit,
  kind: "append" | "replace",
  table: Table,
  rows: readonly QueryRow[],
): Promise<void> {
  writes += 1;
  const loadId = `0.${String(writes).padStart(6, "0")}`;
  const signal = new AbortController().signal;
  // Memory gives its cells as they are kept, which is a form that cells can be written in.
  const batch = typedBatch(table, rows as readonly Readonly<Record<string, CellInput>>[]);
  await session.stage({ loadId, table, tableVersion: 1, part: 0 }, [batch], signal);
  await session.commit(
    {
      loadId,
      runId,
      pipeline,
      lease,
      // Without the tables below this one, which would be replaced with it.
      schema: { ...schema, tables: { [table.name]: table } },
      storedSchema,
      chains: [
        {
          resource: table.name,
          writeDisposition: { kind },
          unchanged: "rewrite",
          primaryKey: [],
          mergeKey: [],
          tables: [{ table, versions: [{ tableVersion: 1, table, rows: rows.length }] }],
        },
      ],
      partitions: [],
      completeness: [],
      committedAt,
    },
    signal,
  );
}
