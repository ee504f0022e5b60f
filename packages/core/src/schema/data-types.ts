/**
 * The closed list of logical types a column can have. The words are dlt's, so that a stored schema reads the same on both sides.
 *
 * | type | JSON it comes from | stored as |
 * |---|---|---|
 * | `text` | string | UTF-8 |
 * | `bigint` | integer that fits 64 bits | signed 64-bit integer |
 * | `double` | number with a fraction or an exponent | IEEE 754 double |
 * | `decimal` | by hint, or an integer beyond 64 bits | exact decimal, `precision` and `scale` digits (default 38, 9) |
 * | `bool` | `true`, `false` | boolean |
 * | `timestamp` | ISO 8601 date and time | microseconds; UTC unless `timezone: false` |
 * | `date` | by hint | days |
 * | `time` | by hint | microseconds of the day |
 * | `binary` | by hint (base64 text) | bytes |
 * | `json` | by hint, or deeper than the nesting limit | JSON text |
 * | `wei` | by hint | integer of any size |
 */
export type DataType =
  | "text"
  | "bigint"
  | "double"
  | "decimal"
  | "bool"
  | "timestamp"
  | "date"
  | "time"
  | "binary"
  | "json"
  | "wei";

/** Every {@link DataType}, in the order in which the documentation lists them. */
export const dataTypes: readonly DataType[] = [
  "text",
  "bigint",
  "double",
  "decimal",
  "bool",
  "timestamp",
  "date",
  "time",
  "binary",
  "json",
  "wei",
];
