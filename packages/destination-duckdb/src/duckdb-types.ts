import type { Column, DataType } from "@typeload/core";
import type { ColumnType, PhysicalColumn } from "@typeload/destination-sql";
import { duckdbCapabilities } from "./duckdb-capabilities.ts";

/** Types without digits of their own, both ways. */
const plain: readonly (readonly [ColumnType, string])[] = [
  [{ dataType: "text" }, "VARCHAR"],
  [{ dataType: "json" }, "JSON"],
  [{ dataType: "double" }, "DOUBLE"],
  [{ dataType: "bool" }, "BOOLEAN"],
  [{ dataType: "date" }, "DATE"],
  [{ dataType: "time" }, "TIME"],
  [{ dataType: "binary" }, "BLOB"],
  [{ dataType: "timestamp", timezone: true }, "TIMESTAMP WITH TIME ZONE"],
  [{ dataType: "timestamp", timezone: false }, "TIMESTAMP"],
  [{ dataType: "timestamp", timezone: false, precision: 0 }, "TIMESTAMP_S"],
  [{ dataType: "timestamp", timezone: false, precision: 3 }, "TIMESTAMP_MS"],
  [{ dataType: "timestamp", timezone: false, precision: 9 }, "TIMESTAMP_NS"],
  [{ dataType: "bigint", precision: 8 }, "TINYINT"],
  [{ dataType: "bigint", precision: 16 }, "SMALLINT"],
  [{ dataType: "bigint", precision: 32 }, "INTEGER"],
  [{ dataType: "bigint", precision: 64 }, "BIGINT"],
  [{ dataType: "bigint", precision: 128 }, "HUGEINT"],
];

/** Bits an integer type of DuckDB can have. */
const integerBits = [8, 16, 32, 64, 128] as const;

/** The SQL type of a column, as dlt chooses it. A length of a text and digits of an instant change nothing here. */
export function columnType(column: Column): string {
  const { precision, scale } = column;
  switch (column.dataType) {
    case "decimal": {
      const { decimalPrecision } = duckdbCapabilities;
      const digits = precision ?? decimalPrecision.precision;
      return `DECIMAL(${digits},${scale ?? Math.min(decimalPrecision.scale, digits)})`;
    }
    case "wei":
      return `DECIMAL(${duckdbCapabilities.decimalPrecision.precision},0)`;
    case "bigint":
      return sqlName({ dataType: "bigint", precision: integerBits.find((bits) => bits >= (precision ?? 64)) ?? 128 });
    case "timestamp": {
      if (column.timezone !== false) return sqlName({ dataType: "timestamp", timezone: true });
      const digits = precision === 0 || precision === 3 || precision === 9 ? { precision } : {};
      return sqlName({ dataType: "timestamp", timezone: false, ...digits });
    }
    case undefined:
      throw new TypeError(`column ${column.name} has no type yet`);
    default:
      return sqlName({ dataType: column.dataType });
  }
}

function sqlName(type: ColumnType & { readonly dataType: DataType }): string {
  const found = plain.find(
    ([known]) =>
      known.dataType === type.dataType && known.precision === type.precision && known.timezone === type.timezone,
  );
  if (found === undefined) throw new TypeError(`no SQL type for ${JSON.stringify(type)}`);
  return found[1];
}

/** The logical type of what the catalog calls a column's type. */
export function readColumnType(physical: PhysicalColumn): ColumnType | undefined {
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(physical.type);
  if (decimal !== null) return { dataType: "decimal", precision: Number(decimal[1]), scale: Number(decimal[2]) };
  return plain.find(([, name]) => name === physical.type)?.[0];
}
