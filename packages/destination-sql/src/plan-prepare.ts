import type { Capabilities, Column, DataType, Table } from "@typeload/core";
import { UnsupportedError } from "@typeload/core";
import type { PhysicalTable } from "./introspect-tables.ts";
import type { ColumnType, PhysicalColumn, SqlDialect } from "./sql-dialect.ts";
import { identifier, renderSql } from "./sql-text.ts";
import type { Sql, SqlStatement } from "./sql-text.ts";
import { addColumn, anyRow, beyondDouble, dropNotNull, setNotNull } from "./statements/alter-table.ts";
import { createTable, typedColumns } from "./statements/create-table.ts";

/** One statement of a preparation. */
export interface PrepareStep {
  readonly statement: SqlStatement;
  /** Run the statement only when this query gives no row (NOT NULL can be set on an empty table only). */
  readonly unless?: SqlStatement | undefined;
  /** The statement changes the type of a column. It is refused when `changed` gives a row, or when the engine refuses the statement. */
  readonly widening?:
    | { readonly table: string; readonly column: string; readonly changed?: SqlStatement | undefined }
    | undefined;
}

/** What {@link planPrepare} needs to know beside the tables that are wanted. */
export interface PrepareContext {
  readonly dataset: string;
  readonly dialect: SqlDialect;
  readonly capabilities: Pick<Capabilities, "widenings" | "decimalPrecision">;
  readonly existing: ReadonlyMap<string, PhysicalTable>;
}

/**
 * The statements that bring tables to at least the wanted shape: additive, and the same again give none. Throws an `UnsupportedError`
 * where a column exists with a type that cannot take the wanted one.
 */
export function planPrepare(wanted: readonly Table[], context: PrepareContext): readonly PrepareStep[] {
  return wanted.flatMap((table) => {
    if (typedColumns(table).length === 0) return [];
    const existing = context.existing.get(table.name);
    if (existing === undefined) return [step(createTable(context.dataset, table, context.dialect), context)];
    return typedColumns(table).flatMap((column) =>
      prepareColumn(table, column, existing.columns.get(column.name), context),
    );
  });
}

function prepareColumn(
  table: Table,
  column: Column,
  existing: PhysicalColumn | undefined,
  context: PrepareContext,
): readonly PrepareStep[] {
  const target = identifier(context.dataset, table.name);
  if (existing === undefined) {
    const added = step(addColumn(target, column, context.dialect), context);
    if (column.nullable !== false) return [added];
    return [added, step(setNotNull(target, column.name), context, anyRow(target))];
  }
  const steps: PrepareStep[] = [];
  const from = wideningFrom(table, column, existing, context);
  if (from !== undefined) {
    const looksAtValues = context.capabilities.widenings.some(
      (widening) => widening.from === from && widening.to === column.dataType && widening.looksAtValues === true,
    );
    const changed = looksAtValues ? renderSql(beyondDouble(target, column.name), context.dialect) : undefined;
    const widen = step(context.dialect.widenColumn(target, column), context);
    steps.push({ ...widen, widening: { table: table.name, column: column.name, changed } });
  }
  if (!existing.nullable && column.nullable !== false) steps.push(step(dropNotNull(target, column.name), context));
  return steps;
}

/** The type that a column has and must not keep, if so. */
function wideningFrom(
  table: Table,
  column: Column,
  existing: PhysicalColumn,
  context: PrepareContext,
): DataType | undefined {
  const from = context.dialect.readColumnType(existing);
  // A type that typeload never makes (an enum, a uuid): the table is someone else's, and the engine's own cast decides at the commit.
  if (from?.dataType === undefined || column.dataType === undefined) return undefined;
  const to: DataType = column.dataType;
  if (from.dataType === to) {
    const grows = growsPrecision(from, column, context.capabilities.decimalPrecision);
    if (grows !== "both-ways") return grows ? to : undefined;
    throw new UnsupportedError(
      `${context.dataset}.${table.name}.${column.name} is ${existing.type}(${from.precision},${from.scale ?? 0}) in the destination, ` +
        `and the schema wants more digits after the point and fewer before it: values would be rounded. ` +
        `Hint a precision and a scale that hold both, or change the column.`,
    );
  }
  // Read back, the types are alike (wei and decimal share one SQL type on some engines).
  if (existing.type.toLowerCase() === context.dialect.columnType(column).toLowerCase()) return undefined;
  const { widenings } = context.capabilities;
  if (widenings.some((widening) => widening.from === from.dataType && widening.to === to)) return from.dataType;
  // Wider than wanted already: what was staged fits.
  if (widenings.some((widening) => widening.from === to && widening.to === from.dataType)) return undefined;
  throw new UnsupportedError(
    `${context.dataset}.${table.name}.${column.name} is ${existing.type} in the destination, and the schema says ${to}: ` +
      `${context.dialect.name} cannot change it without changing values. Rename the field, or drop the column.`,
  );
}

/**
 * The same logical type with more digits or characters. A narrower wish is no change: the column may keep what it can hold.
 * `both-ways`: it lacks digits after the point, and has more before it than are wished for.
 */
function growsPrecision(
  from: ColumnType,
  column: Column,
  defaults: Capabilities["decimalPrecision"],
): boolean | "both-ways" {
  switch (from.dataType) {
    case "text":
      return from.precision !== undefined && (column.precision ?? Infinity) > from.precision;
    case "bigint":
      return (from.precision ?? 64) < (column.precision ?? 64);
    case "decimal": {
      // Some engines have a decimal of any number of digits.
      if (from.precision === undefined) return false;
      const { precision = defaults.precision, scale = Math.min(defaults.scale, precision) } = column;
      const [fromScale, toScale] = [from.scale ?? 0, scale];
      const [fromWhole, toWhole] = [from.precision - fromScale, precision - toScale];
      if (toScale > fromScale && toWhole < fromWhole) return "both-ways";
      // Shrinking after the point could change values; what has no room before it is refused by the engine.
      return toScale >= fromScale && (toScale > fromScale || toWhole > fromWhole);
    }
    default:
      return false;
  }
}

function step(statement: Sql, context: PrepareContext, unless?: Sql): PrepareStep {
  return {
    statement: renderSql(statement, context.dialect),
    unless: unless === undefined ? undefined : renderSql(unless, context.dialect),
  };
}
