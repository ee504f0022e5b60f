import type { Column } from "@typeload/core";
import type { Sql, SqlRendering } from "./sql-text.ts";

/**
 * How one engine's SQL differs. Everything else is written once, in `statements/`.
 *
 * All of it is pure: a dialect opens nothing and knows no dataset. Methods that give {@link Sql} may use names and parameters;
 * `createTableAs` queries never hold parameters, because engines refuse them there.
 */
export interface SqlDialect extends SqlRendering {
  /** For messages and plans: `duckdb`, `postgres`. */
  readonly name: string;

  /** SQL type of a column that has a `dataType`: `numeric(38,9)`, `TIMESTAMP WITH TIME ZONE`. */
  columnType(column: Column): string;
  /** The logical type of a column as the catalog describes it; `undefined` for types that typeload never makes. */
  readColumnType(physical: PhysicalColumn): ColumnType | undefined;
  /** Does `_dlt_id` (and every column hinted `unique`) get a UNIQUE constraint, as dlt makes it here? */
  readonly uniqueConstraints: boolean;

  /** Where staged rows live. */
  readonly staging: Staging;
  /** Longest name of a table, in UTF-8 bytes: staging tables are named to fit. */
  readonly maxTableNameBytes: number;
  /** Most parameters of one statement. */
  readonly maxParameters: number;

  /** First statement of the transactions of claim and commit, where the engine lets two of them run at once. It waits. */
  lockDataset?(dataset: string): Sql;
  /** Now, as an instant, by the engine's clock (the one clock that all machines share). */
  readonly now: Sql;
  /** `now` plus so many seconds. */
  secondsFromNow(seconds: number): Sql;
  /** A text expression as an exact number, or null where it is none: orders load ids. */
  numberOrNull(expression: Sql): Sql;
  /** Are two cells of this column equal? Null equals null. JSON by text, or by value where the engine has a type for it. */
  sameValue(left: Sql, right: Sql, column: Column): Sql;
  /** A text expression as it is to be ordered by: by code point. Not there: the engine orders so anyway. */
  byCodePoint?(expression: Sql): Sql;
  /** Casts a staged cell to the type the target has now (rows of several table versions meet here). */
  castTo(expression: Sql, column: Column): Sql;
  /** Refreshes what the engine's planner knows of a table just filled, where it would guess badly. */
  analyze?(table: Sql): Sql;

  /**
   * Catalog query. Rows: `table_name, column_name, data_type, nullable (bool), length, precision, scale, fraction_digits`, in column order.
   * `undefined` means the temporary tables of this connection; it is asked for only where `staging` is `temp`.
   */
  listColumns(schema: string | undefined): Sql;
  /** `ALTER TABLE … TYPE` for a widening that keeps every value. */
  widenColumn(table: Sql, column: Column): Sql;
}

/**
 * Where staged rows live until the commit.
 *
 * - `temp`: temporary tables of the session's one connection.
 * - `schema`: tables in a schema of their own, `<dataset><suffix>`; they outlive the session, and several connections may fill them.
 */
export type Staging =
  | { readonly kind: "temp" }
  | { readonly kind: "schema"; readonly suffix: string; readonly unlogged: boolean };

/** The part of a column that its SQL type depends on. */
export type ColumnType = Pick<Column, "dataType" | "precision" | "scale" | "timezone">;

/** A column as the engine's catalog describes it. */
export interface PhysicalColumn {
  readonly name: string;
  /** Type name as the catalog writes it (`character varying`, `DECIMAL(38,9)`). */
  readonly type: string;
  readonly nullable: boolean;
  /** Greatest length of a text. */
  readonly length?: number | undefined;
  readonly precision?: number | undefined;
  readonly scale?: number | undefined;
  /** Digits after the second of a time. */
  readonly fractionDigits?: number | undefined;
}
