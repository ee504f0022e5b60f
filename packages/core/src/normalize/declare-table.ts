import { ConfigurationError } from "../errors.ts";
import { storeContract } from "../schema/stored-contract.ts";
import type { Column, SchemaChange, Table, WriteDisposition } from "../schema/schema.ts";
import type { ColumnHint } from "../source/column-hints.ts";
import type { Contract } from "../source/contract.ts";
import type { Resource, WriteDispositionOption } from "../source/resource.ts";
import { type Scd2Columns, scd2Columns } from "../source/scd2-columns.ts";
import { ContractViolationError } from "./contract-errors.ts";
import { rowIdColumn } from "./lineage-columns.ts";
import type { Naming } from "./name-identifiers.ts";

/**
 * The root table of a resource: what is stored of it, with what the resource says now. A stored type stays, because a type is never
 * changed by a hint. A column that only a key names has no type until its first value.
 *
 * @throws ContractViolationError where a hint says another type, precision, scale, zone or nullability than what is stored, and the contract
 * freezes data types; a contract that discards keeps what is stored.
 */
export function declareTable(
  resource: Resource,
  stored: Table | undefined,
  naming: Naming,
  contract: Contract | undefined,
): Table {
  const name = naming.table([], resource.tableName);
  const primaryKey = new Set(resource.primaryKey.map((key) => naming.column([], key)));
  const mergeKey = new Set(resource.mergeKey.map((key) => naming.column([], key)));
  const columns = new Map(
    (stored?.columns ?? []).map((column) => [column.name, withKeys(withoutMergeHints(column), primaryKey, mergeKey)]),
  );
  const scd2 = scd2Columns(resource.writeDisposition);
  if (scd2 !== undefined) addValidity(columns, scd2, naming, resource);
  for (const [key, hint] of Object.entries(resource.columns)) {
    const column = naming.column([], key);
    const known = columns.get(column);
    if (contract !== undefined && contract.dataType !== "evolve" && known?.dataType !== undefined) {
      if (contract.dataType === "freeze") refuseChange(resource.name, name, known, hint);
      continue;
    }
    columns.set(column, withKeys(hinted(known ?? { name: column }, hint), primaryKey, mergeKey));
  }
  for (const column of [...primaryKey, ...mergeKey]) {
    if (!columns.has(column)) columns.set(column, withKeys({ name: column }, primaryKey, mergeKey));
  }
  if (scd2 !== undefined) {
    const version = scd2.rowVersionColumn === undefined ? rowIdColumn.name : naming.column([], scd2.rowVersionColumn);
    // A version that comes back stands in two rows, so it is not unique.
    const hints = { nullable: false, rowVersion: true, unique: false, rowKey: false };
    columns.set(version, { name: version, ...columns.get(version), ...hints });
  }
  const { contract: said } = resource;
  const extra = said === undefined ? stored?.extra : { ...stored?.extra, schema_contract: storeContract(said) };
  return {
    ...stored,
    ...(extra === undefined ? {} : { extra }),
    name,
    resource: resource.name,
    writeDisposition: writeDispositionOf(resource.writeDisposition),
    boundaryTimestamp: scd2?.boundaryTimestamp,
    columns: [...columns.values()],
  };
}

/** The columns that hints add to a table that has rows. */
export function declaredColumns({ name: table, columns }: Table, stored: Table | undefined): readonly SchemaChange[] {
  if (stored?.seenData !== true) return [];
  const known = new Set(stored.columns.flatMap(({ name, dataType }) => (dataType === undefined ? [] : [name])));
  return columns.flatMap(({ name: column, dataType }) =>
    dataType === undefined || known.has(column) ? [] : { kind: "column-added" as const, table, column, dataType },
  );
}

/** Like keys, these hints are what the resource says now. */
function withoutMergeHints(column: Column): Column {
  const {
    dedupSort: _sort,
    hardDelete: _delete,
    validFrom: _from,
    validTo: _to,
    activeRecordTimestamp: _active,
    rowVersion,
    ...rest
  } = column;
  if (rowVersion !== true) return rest;
  const { unique: _unique, rowKey: _rowKey, ...plain } = rest;
  return plain.name === rowIdColumn.name ? { ...rowIdColumn, ...plain } : plain;
}

/** In a new table they stand first, as in dlt. */
function addValidity(columns: Map<string, Column>, scd2: Scd2Columns, naming: Naming, { name }: Resource): void {
  const validity = [
    [scd2.validFrom, { validFrom: true }],
    [scd2.validTo, { validTo: true, activeRecordTimestamp: scd2.activeRecordTimestamp ?? null }],
  ] as const;
  for (const [given, hints] of validity) {
    const column = naming.column([], given);
    const stored = columns.get(column);
    if (stored?.dataType !== undefined && stored.dataType !== "timestamp") {
      throw new ConfigurationError(
        `resource "${name}": column "${column}" is to say how long a version was valid, and holds ${stored.dataType} already: ` +
          `give scd2 other names by validFrom and validTo`,
        { code: "validity_column_taken" },
      );
    }
    columns.set(column, { ...stored, name: column, dataType: "timestamp", nullable: true, ...hints });
  }
}

/** The option of a resource in the form that the schema keeps. */
export function writeDispositionOf(option: WriteDispositionOption): WriteDisposition {
  if (typeof option === "object") return { kind: "merge", strategy: option.merge };
  return option === "merge" ? { kind: "merge", strategy: "delete-insert" } : { kind: option };
}

const typeHints = ["dataType", "nullable", "precision", "scale", "timezone"] as const;

function refuseChange(resource: string, table: string, column: Column, hint: ColumnHint): void {
  const changed = typeHints.find((each) => hint[each] !== undefined && hint[each] !== (column[each] ?? defaults[each]));
  if (changed === undefined) return;
  const reason = `column "${column.name}" has ${changed} ${String(column[changed] ?? defaults[changed])}, the hint says ${String(hint[changed])}`;
  throw new ContractViolationError({ entity: "dataType", table, column: column.name, reason }, { resource });
}

const defaults: Partial<Column> = { nullable: true, timezone: true };

function hinted(column: Column, hint: ColumnHint): Column {
  const said = Object.fromEntries(Object.entries(hint).filter(([, value]) => value !== undefined));
  return { ...column, ...said, ...(column.dataType === undefined ? {} : { dataType: column.dataType }) };
}

function withKeys(column: Column, primaryKey: ReadonlySet<string>, mergeKey: ReadonlySet<string>): Column {
  const { primaryKey: _primary, mergeKey: _merge, ...rest } = column;
  const isKey = primaryKey.has(column.name) || mergeKey.has(column.name);
  return {
    ...rest,
    ...(isKey ? { nullable: false } : {}),
    ...(primaryKey.has(column.name) ? { primaryKey: true } : {}),
    ...(mergeKey.has(column.name) ? { mergeKey: true } : {}),
  };
}
