import { storeContract } from "../schema/stored-contract.ts";
import { type Contract } from "../source/contract.ts";
import type { Column, Table, WriteDisposition } from "../schema/schema.ts";
import type { ColumnHint } from "../source/column-hints.ts";
import type { Resource, WriteDispositionOption } from "../source/resource.ts";
import { ContractViolationError } from "./contract-errors.ts";
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
    (stored?.columns ?? []).map((column) => [column.name, withKeys(column, primaryKey, mergeKey)]),
  );
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
  const { contract: said } = resource;
  const extra = said === undefined ? stored?.extra : { ...stored?.extra, schema_contract: storeContract(said) };
  return {
    ...stored,
    ...(extra === undefined ? {} : { extra }),
    name,
    resource: resource.name,
    writeDisposition: writeDispositionOf(resource.writeDisposition),
    columns: [...columns.values()],
  };
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
