import { sql } from "../sql-text.ts";
import type { Sql } from "../sql-text.ts";

/** DELETE, not TRUNCATE: readers go on seeing the old rows until the commit, and the rows are counted. */
export function deleteAll(target: Sql): Sql {
  return sql`DELETE FROM ${target}`;
}
