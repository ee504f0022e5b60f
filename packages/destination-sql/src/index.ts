export { createSqlDestination } from "./create-sql-destination.ts";
export type { SqlDestinationOptions } from "./create-sql-destination.ts";
export { CommitUnansweredError } from "./sql-connection.ts";
export type { BulkLoadRequest, SqlConnection, TableName } from "./sql-connection.ts";
export type { ColumnType, PhysicalColumn, SqlDialect, Staging } from "./sql-dialect.ts";
export { identifier, integerLiteral, joinSql, parameter, renderSql, sql, verbatim } from "./sql-text.ts";
export type { Sql, SqlRendering, SqlStatement, SqlValue } from "./sql-text.ts";
