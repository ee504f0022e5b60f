import { introspectTables } from "./introspect-tables.ts";
import type { SqlConnection, TableName } from "./sql-connection.ts";
import type { SqlDialect } from "./sql-dialect.ts";
import { renderSql } from "./sql-text.ts";
import { listParts } from "./statements/staging.ts";

/** A staging table that is there. */
export interface StagingTable {
  readonly columns: ReadonlySet<string>;
  /** Parts that it may hold rows of. */
  readonly parts: ReadonlySet<number>;
}

/**
 * What a session knows of staging tables: the catalog is asked once, and then remembered what the session itself did, so that a part
 * costs the same however many came before it.
 */
export class StagedSoFar {
  readonly #dialect: SqlDialect;
  readonly #schema: string | undefined;
  /** Columns of the tables that were there when the catalog was asked. */
  #found: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  readonly #known = new Map<string, StagingTable>();

  constructor(dialect: SqlDialect, schema: string | undefined) {
    this.#dialect = dialect;
    this.#schema = schema;
  }

  /** @returns undefined when the table is not there */
  async find(connection: SqlConnection, table: TableName, signal: AbortSignal): Promise<StagingTable | undefined> {
    const known = this.#known.get(table.name);
    if (known !== undefined) return known;
    this.#found ??= await this.#ask(connection, signal);
    const columns = this.#found.get(table.name);
    if (columns === undefined) return undefined;
    // Left by an earlier session.
    const parts = await connection.query(renderSql(listParts(table), this.#dialect), signal);
    return { columns, parts: new Set(parts.map(({ part }) => Number(part))) };
  }

  /** To be called when it is committed. */
  remember(table: TableName, now: StagingTable): void {
    this.#known.set(table.name, now);
  }

  /** Tables were dropped. */
  forget(): void {
    this.#found = undefined;
    this.#known.clear();
  }

  async #ask(connection: SqlConnection, signal: AbortSignal): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const tables = await introspectTables(connection, this.#dialect, this.#schema, signal);
    return new Map([...tables].map(([name, { columns }]) => [name, new Set(columns.keys())]));
  }
}
