import type { Column } from "@typeload/core";
import type { ColumnType, PhysicalColumn } from "@typeload/destination-sql";

/**
 * SQL type of a column, as dlt makes it: text `varchar`, json `jsonb`, decimal `numeric(38,9)` …
 * Widths: `bigint` with precision up to 16 is `smallint`, up to 32 `integer`.
 */
export function postgresType(column: Column): string {
  const { precision, scale } = column;
  switch (column.dataType) {
    case "text":
      return precision === undefined ? "varchar" : `varchar(${precision})`;
    case "bigint":
      return integerType(precision);
    case "double":
      return "double precision";
    case "bool":
      return "boolean";
    case "timestamp": {
      const zone = column.timezone === false ? "without" : "with";
      return `timestamp${precision === undefined ? "" : ` (${precision})`} ${zone} time zone`;
    }
    case "date":
      return "date";
    case "time":
      return `time${precision === undefined ? "" : ` (${precision})`} without time zone`;
    case "binary":
      return "bytea";
    case "json":
      return "jsonb";
    case "decimal":
      return `numeric(${precision ?? 38},${scale ?? (precision === undefined ? 9 : 0)})`;
    case "wei":
      return `numeric(${precision ?? 156},${scale ?? (precision === undefined ? 78 : 0)})`;
    case undefined:
      throw new Error(`column ${column.name} has no type yet`); // a caller's mistake: such columns are not created
  }
}

function integerType(precision: number | undefined): "smallint" | "integer" | "bigint" {
  if (precision === undefined || precision > 32) return "bigint";
  return precision > 16 ? "integer" : "smallint";
}

/** The logical type of an existing column; undefined for types that typeload never makes. */
export function readPostgresType(physical: PhysicalColumn): ColumnType | undefined {
  const { precision, scale, fractionDigits, length } = physical;
  switch (physical.type) {
    case "character varying":
      return { dataType: "text", precision: length };
    case "text":
      return { dataType: "text" };
    case "bigint":
      return { dataType: "bigint" };
    case "integer":
      return { dataType: "bigint", precision: 32 };
    case "smallint":
      return { dataType: "bigint", precision: 16 };
    case "double precision":
      return { dataType: "double" };
    case "boolean":
      return { dataType: "bool" };
    case "timestamp with time zone":
      return { dataType: "timestamp", precision: digits(fractionDigits) };
    case "timestamp without time zone":
      return { dataType: "timestamp", precision: digits(fractionDigits), timezone: false };
    case "date":
      return { dataType: "date" };
    case "time without time zone":
      return { dataType: "time", precision: digits(fractionDigits) };
    case "bytea":
      return { dataType: "binary" };
    case "jsonb":
      return { dataType: "json" };
    case "numeric":
      if (precision === 156 && scale === 78) return { dataType: "wei" };
      return precision === 38 && scale === 9 ? { dataType: "decimal" } : { dataType: "decimal", precision, scale };
    default:
      return undefined;
  }
}

/** Six digits are the default, which a column without the hint has. */
function digits(fractionDigits: number | undefined): number | undefined {
  return fractionDigits === 6 ? undefined : fractionDigits;
}
