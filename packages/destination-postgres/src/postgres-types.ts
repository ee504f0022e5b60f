import type { Column } from "@typeload/core";
import type { ColumnType, PhysicalColumn } from "@typeload/destination-sql";

/**
 * SQL type of a column, as dlt makes it: text `varchar`, json `jsonb`, decimal `numeric(38,9)` …
 * Widths: `bigint` with precision up to 16 is `smallint`, up to 32 `integer`.
 */
export function postgresType(column: Column): string {
  const { precision } = column;
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
    case "wei": {
      const digits = numericDigits(column);
      return `numeric(${digits.precision},${digits.scale})`;
    }
    case undefined:
      throw new Error(`column ${column.name} has no type yet`); // a caller's mistake: such columns are not created
  }
}

/**
 * Digits of a `numeric` column, all of them and those after the point, as dlt has them: a decimal without a scale has 9 of those
 * (fewer only where it has fewer digits in all); a wei is one type, whatever digits are hinted.
 */
export function numericDigits({ dataType, precision = 38, scale = Math.min(9, precision) }: ColumnType): {
  readonly precision: number;
  readonly scale: number;
} {
  return dataType === "wei" ? { precision: 156, scale: 78 } : { precision, scale };
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
      // Without digits it takes any number.
      return precision === 156 && scale === 78 ? { dataType: "wei" } : { dataType: "decimal", precision, scale };
    default:
      return undefined;
  }
}

/** Six digits are the default, which a column without the hint has. */
function digits(fractionDigits: number | undefined): number | undefined {
  return fractionDigits === 6 ? undefined : fractionDigits;
}
