import type { Scd2Chain, StagedTable, TableChain } from "../destination/load-commit.ts";
import { timeOfLoadId } from "../extract/load-id.ts";
import { instantText } from "../scan/instant-text.ts";
import type { Column, Schema, Table } from "../schema/schema.ts";
import { quarantineTable } from "../schema/system-tables.ts";
import type { Resource } from "../source/resource.ts";

/** Rows staged so far: by table, then by table version. */
export type StagedVersions = ReadonlyMap<string, StagedTable["versions"]>;

/**
 * The chains that a commit writes: for each resource its root table with every child table that is in the destination or has rows in
 * this load. A resource without rows has none, except a `replace`: that empties its tables.
 */
export function tableChains(
  loadId: string,
  schema: Schema,
  staged: StagedVersions,
  resources: Iterable<Resource>,
): TableChain[] {
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
      ...mergeHints(root),
      scd2: scd2Chain(root, loadId),
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
/** A hinted column that never had a value is not in the destination, and decides nothing. */
function mergeHints({ columns }: Table): Pick<TableChain, "dedupSort" | "hardDelete"> {
  const typed = columns.filter(({ dataType }) => dataType !== undefined);
  const sorted = typed.find(({ dedupSort }) => dedupSort !== undefined);
  return {
    dedupSort: sorted?.dedupSort === undefined ? undefined : { column: sorted.name, order: sorted.dedupSort },
    hardDelete: typed.find(({ hardDelete }) => hardDelete === true)?.name,
  };
}

/** The boundary is a matter of the package, not of the clock: a package that is loaded again gives the same versions. */
function scd2Chain({ columns, boundaryTimestamp }: Table, loadId: string): Scd2Chain | undefined {
  const named = (hint: "validFrom" | "validTo" | "rowVersion"): Column | undefined =>
    columns.find((column) => column[hint] === true);
  const [from, to, version] = [named("validFrom"), named("validTo"), named("rowVersion")];
  if (from === undefined || to === undefined || version === undefined) return undefined;
  return {
    validFrom: from.name,
    validTo: to.name,
    activeRecordTimestamp: instantText(to.activeRecordTimestamp ?? ""),
    boundaryTimestamp: instantText(boundaryTimestamp ?? "") ?? timeOfLoadId(loadId),
    rowVersion: version.name,
  };
}

/** The table that holds the records of a resource. */
export function rootTable(schema: Schema, { name }: Resource): Table | undefined {
  return Object.values(schema.tables).find(({ parent, resource }) => parent === undefined && resource === name);
}

function descendants(schema: Schema, root: Table): Table[] {
  const children = Object.values(schema.tables).filter(({ parent }) => parent === root.name);
  return children.flatMap((child) => [child, ...descendants(schema, child)]);
}
