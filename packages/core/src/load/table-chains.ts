import type { StagedTable, TableChain } from "../destination/load-commit.ts";
import type { Schema, Table } from "../schema/schema.ts";
import { quarantineTable } from "../schema/system-tables.ts";
import type { Resource } from "../source/resource.ts";

/** Rows staged so far: by table, then by table version. */
export type StagedVersions = ReadonlyMap<string, StagedTable["versions"]>;

/**
 * The chains that a commit writes: for each resource its root table with every child table that is in the destination or has rows in
 * this load. A resource without rows has none, except a `replace`: that empties its tables.
 */
export function tableChains(schema: Schema, staged: StagedVersions, resources: Iterable<Resource>): TableChain[] {
  const chains = [...resources].flatMap((resource) => {
    const root = rootTable(schema, resource);
    if (root?.writeDisposition === undefined) return [];
    const tables = [root, ...descendants(schema, root)].filter(
      (table) => table.seenData === true || staged.has(table.name),
    );
    const rows = tables.some((table) => staged.has(table.name));
    if (tables.length === 0 || (!rows && root.writeDisposition.kind !== "replace")) return [];
    return {
      resource: resource.name,
      writeDisposition: root.writeDisposition,
      unchanged: resource.unchanged,
      primaryKey: root.columns.filter(({ primaryKey }) => primaryKey === true).map(({ name }) => name),
      mergeKey: root.columns.filter(({ mergeKey }) => mergeKey === true).map(({ name }) => name),
      tables: tables.map((table) => ({ table, versions: staged.get(table.name) ?? [] })),
    };
  });
  const versions = staged.get(quarantineTable.name);
  return versions === undefined
    ? chains
    : [...chains, { ...quarantineChain, tables: [{ table: quarantineTable, versions }] }];
}

const quarantineChain = {
  resource: quarantineTable.name,
  writeDisposition: { kind: "append" },
  unchanged: "rewrite",
  primaryKey: [],
  mergeKey: [],
} as const;

/** The table that holds the records of a resource. */
export function rootTable(schema: Schema, { name }: Resource): Table | undefined {
  return Object.values(schema.tables).find(({ parent, resource }) => parent === undefined && resource === name);
}

function descendants(schema: Schema, root: Table): Table[] {
  const children = Object.values(schema.tables).filter(({ parent }) => parent === root.name);
  return children.flatMap((child) => [child, ...descendants(schema, child)]);
}
