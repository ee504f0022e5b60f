import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emptySchema, storeSchema } from "@typeload/core";
import type {
  CommitResult,
  Destination,
  DestinationSession,
  Lease,
  LoadCommit,
  PartitionRecord,
  QueryRow,
  RowBatch,
  Schema,
  Table,
  TableChain,
} from "@typeload/core";
import { typedBatch } from "@typeload/core/testing";
import type { CellInput } from "@typeload/core/testing";
import { onTestFinished } from "vitest";

export const signal = new AbortController().signal;
export type Row = Readonly<Record<string, CellInput>>;

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "typeload-duckdb-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A database file in a folder that is gone after the test. */
export function temporaryFile(name = "test.duckdb"): string {
  return join(temporaryFolder(), name);
}

/** Rows of one table in one load, as {@link load} takes them. */
export interface Staged {
  readonly table: Table;
  readonly rows: readonly Row[];
  /** Ordinal of the root record of each row. Default: 1, 2, 3 … */
  readonly ordinals?: readonly number[];
  readonly tableVersion?: number;
  /** The table as it was when these rows were staged. Default: `table`. */
  readonly as?: Table;
}

export interface Load {
  readonly loadId: string;
  readonly staged: readonly Staged[];
  readonly chain?: Partial<Omit<TableChain, "tables">> | undefined;
  readonly partitions?: readonly PartitionRecord[];
  readonly state?: LoadCommit["state"];
  readonly completeness?: LoadCommit["completeness"];
  /** Tables of the schema that this load has no rows for. */
  readonly others?: readonly Table[];
  readonly lease?: Lease;
}

export function claim(session: DestinationSession, token = "mine", takeOver = false): Promise<Lease> {
  return session.claim({ pipeline: "pipe", token, holder: `host/${token}`, ttlSeconds: 600, takeOver }, signal);
}

/** claim, prepare, stage, commit. */
export async function load(session: DestinationSession, given: Load): Promise<CommitResult> {
  const lease = given.lease ?? (await claim(session));
  const commit = commitOf(given, lease);
  await session.prepare({ schema: commit.schema, tables: given.staged.map(({ table }) => table.name) }, signal);
  for (const [part, staged] of given.staged.entries()) {
    if (staged.rows.length > 0) await stage(session, given.loadId, staged, part);
  }
  return session.commit(commit, signal);
}

export function stage(
  session: DestinationSession,
  loadId: string,
  staged: Staged,
  part = 0,
): Promise<{ readonly rows: number }> {
  const { table, rows, ordinals, tableVersion = 1, as = table } = staged;
  const batch = typedBatch(as, rows, { tableVersion, ordinals });
  return session.stage({ loadId, table: as, tableVersion, part }, [batch], signal);
}

export function commitOf(given: Load, lease: Lease): LoadCommit {
  const tables = Map.groupBy(given.staged, ({ table }) => table.name);
  const schema = schemaOf([...given.staged.map(({ table }) => table), ...(given.others ?? [])]);
  const stored = storeSchema(schema);
  return {
    loadId: given.loadId,
    runId: "run",
    pipeline: "pipe",
    lease,
    schema: stored.schema,
    storedSchema: stored.text,
    chains: [
      {
        resource: given.staged[0]?.table.name ?? "nothing",
        writeDisposition: { kind: "append" },
        unchanged: "rewrite",
        primaryKey: [],
        mergeKey: [],
        ...given.chain,
        tables: [...tables.values()].flatMap((group) => {
          const table = group[0]?.table;
          if (table === undefined) return [];
          const versions = Map.groupBy(group, ({ tableVersion = 1 }) => tableVersion);
          return {
            table,
            versions: [...versions].flatMap(([tableVersion, parts]) => {
              const rows = parts.reduce((sum, part) => sum + part.rows.length, 0);
              return rows === 0 ? [] : { tableVersion, table: parts.at(-1)?.as ?? table, rows };
            }),
          };
        }),
      },
    ],
    state: given.state,
    partitions: given.partitions ?? [],
    completeness: given.completeness ?? [],
    committedAt: "2026-01-02T03:04:05.000006Z",
  };
}

export function schemaOf(tables: readonly Table[]): Schema {
  return { ...emptySchema("shop"), tables: Object.fromEntries(tables.map((table) => [table.name, table])) };
}

export function open(
  destination: Destination,
  purpose: "read" | "load" = "load",
  dataset = "ds",
): Promise<DestinationSession> {
  return destination.open({ dataset, purpose, signal });
}

export function rowsOf(session: DestinationSession, table: string, order = "1"): Promise<readonly QueryRow[]> {
  return session.query(`SELECT * FROM ds."${table}" ORDER BY ${order}`);
}

export function batchOf(table: Table, rows: readonly Row[], ordinals?: readonly number[]): RowBatch {
  return typedBatch(table, rows, { ordinals });
}

const text = { dataType: "text" } as const;
const id = { name: "_dlt_id", ...text, nullable: false, unique: true, rowKey: true } as const;

/** Contacts with a list of tags, each tag with a list of marks. */
export const contacts: Table = {
  name: "contacts",
  resource: "contacts",
  columns: [
    { name: "id", dataType: "bigint", nullable: false, primaryKey: true },
    { name: "email", ...text },
    { name: "extra", dataType: "json" },
    { name: "_dlt_load_id", ...text, nullable: false },
    id,
  ],
};
const child = [
  { name: "_dlt_root_id", ...text, nullable: false, rootKey: true },
  { name: "_dlt_parent_id", ...text, nullable: false, parentKey: true },
  { name: "_dlt_list_idx", dataType: "bigint", nullable: false },
  id,
] as const;
export const tags: Table = {
  name: "contacts__tags",
  parent: "contacts",
  columns: [{ name: "value", ...text }, ...child],
};
export const marks: Table = {
  name: "contacts__tags__marks",
  parent: "contacts__tags",
  columns: [{ name: "value", dataType: "bigint" }, ...child],
};

/** A contact with its tags, as normalize would hand them over. */
export function contact(
  loadId: string,
  key: number,
  email: string,
  labels: readonly string[] = [],
): { root: Row; tags: readonly Row[] } {
  const rootId = `c${key}`;
  return {
    root: { id: key, email, extra: `{"k":${key}}`, _dlt_load_id: loadId, _dlt_id: rootId },
    tags: labels.map((value, index) => ({
      value,
      _dlt_root_id: rootId,
      _dlt_parent_id: rootId,
      _dlt_list_idx: index,
      _dlt_id: `${rootId}t${index}`,
    })),
  };
}

/** Several contacts as the two tables of a load, ordinals in the order given. */
export function contactTables(people: readonly ReturnType<typeof contact>[]): readonly Staged[] {
  return [
    { table: contacts, rows: people.map(({ root }) => root) },
    {
      table: tags,
      rows: people.flatMap((person) => person.tags),
      ordinals: people.flatMap((person, index) => person.tags.map(() => index + 1)),
    },
  ];
}
