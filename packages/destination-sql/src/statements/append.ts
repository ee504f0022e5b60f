import type { Column } from "@typeload/core";
import { identifier, joinSql, sql } from "../sql-text.ts";
import type { Sql } from "../sql-text.ts";

/** Staged rows into the target. `where` may speak of the staged rows as `staged`. */
export function insertStaged(target: Sql, columns: readonly Column[], staged: Sql, where?: Sql): Sql {
  const names = joinSql(
    columns.map((column) => identifier(column.name)),
    ", ",
  );
  const condition = where === undefined ? sql`` : sql` WHERE ${where}`;
  return sql`INSERT INTO ${target} (${names}) SELECT ${names} FROM (${staged}) AS staged${condition}`;
}
