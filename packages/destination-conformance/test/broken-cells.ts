import type { Column, Destination } from "@typeload/core";
import type { CellInput, CellValue } from "@typeload/core/testing";
import { bendingRows } from "./bending-rows.ts";
import type { BrokenDestination } from "./broken-destinations.ts";

/** A destination that changes each cell of some columns. */
function bendingCells(bend: (value: NonNullable<CellValue>, column: Column) => CellInput) {
  return (destination: Destination): Destination =>
    bendingRows(destination, (row, table) =>
      Object.fromEntries(
        table.columns.flatMap((column) => {
          const value = row[column.name];
          return value === undefined ? [] : [[column.name, value === null ? null : bend(value, column)]];
        }),
      ),
    );
}

/** Destinations that bend values. */
export const brokenCells: readonly BrokenDestination[] = [
  {
    does: "truncates text at 65,535 characters",
    breakIt: bendingCells((value) => (typeof value === "string" ? value.slice(0, 65_535) : value)),
    caughtBy: "data types: text of a megabyte is kept whole",
  },
  {
    does: "stores empty text as null",
    breakIt: bendingCells((value) => (value === "" ? null : value)),
    caughtBy: "data types: text keeps every character",
  },
  {
    does: "brings accents to one form",
    breakIt: bendingCells((value) => (typeof value === "string" ? value.normalize("NFC") : value)),
    caughtBy: "data types: text keeps every character",
  },
  {
    does: "rounds a bigint to a double",
    breakIt: bendingCells((value) =>
      typeof value === "bigint" ? BigInt.asIntN(64, BigInt(Math.min(Number(value), 2 ** 63 - 1024))) : value,
    ),
    caughtBy: "data types: bigint keeps 64 bits",
  },
  {
    does: "passes decimals through a double",
    breakIt: bendingCells((value, { dataType }) =>
      dataType === "decimal" ? Number(value).toFixed(9).slice(0, 39) : value,
    ),
    caughtBy: "data types: decimal keeps every digit of the default precision",
  },
  {
    does: "gives a decimal with a precision alone no digits behind the point",
    breakIt: bendingCells((value, { dataType, precision, scale }) =>
      dataType === "decimal" && precision !== undefined && scale === undefined ? String(value).split(".")[0] : value,
    ),
    caughtBy: "data types: decimal with a precision alone has nine digits behind the point",
  },
  {
    does: "keeps integers of few bits without their sign",
    breakIt: bendingCells((value, { precision = 64 }) =>
      typeof value === "bigint" && precision < 64 ? BigInt.asUintN(precision, value) : value,
    ),
    caughtBy: "data types: bigint with a precision keeps its 16 bits",
  },
  {
    does: "counts the length of a text in bytes",
    breakIt: bendingCells((value, { dataType, precision }) =>
      typeof value === "string" && dataType === "text" && precision !== undefined
        ? Buffer.from(value).subarray(0, precision).toString()
        : value,
    ),
    caughtBy: "data types: text with a precision keeps that many characters",
  },
  {
    does: "loses the sign of zero",
    breakIt: bendingCells((value) => (typeof value === "number" ? value + 0 : value)),
    caughtBy: "data types: double keeps every bit, the sign of zero included",
  },
  {
    does: "flushes the smallest doubles to zero",
    breakIt: bendingCells((value) => (typeof value === "number" && Math.abs(value) < 2 ** -1022 ? 0 : value)),
    caughtBy: "data types: double keeps every bit, the sign of zero included",
  },
  {
    does: "shifts instants by the machine's zone",
    breakIt: bendingCells((value, { dataType, timezone }) =>
      dataType === "timestamp" && timezone !== false ? shifted(String(value)) : value,
    ),
    caughtBy: "data types: timestamp keeps microseconds and the instant, from year 1 to 9999",
  },
  {
    does: "cuts microseconds to milliseconds",
    breakIt: bendingCells((value, { dataType }) =>
      dataType === "timestamp" || dataType === "time" ? String(value).replace(/\d{3}(Z?)$/, "000$1") : value,
    ),
    caughtBy: "data types: time keeps microseconds",
  },
  {
    does: "ends binary at the first zero byte",
    breakIt: bendingCells((value) =>
      value instanceof Uint8Array && value.includes(0) ? value.subarray(0, value.indexOf(0)) : value,
    ),
    caughtBy: "data types: binary keeps every byte",
  },
  {
    does: "parses and prints json",
    breakIt: bendingCells((value, { dataType }) =>
      dataType === "json" ? JSON.stringify(JSON.parse(String(value))) : value,
    ),
    caughtBy: "data types: json keeps structure, text and digits",
  },
  {
    does: "stores null as an empty value",
    breakIt: (destination) =>
      bendingRows(destination, (row, table) => ({
        ...row,
        ...Object.fromEntries(
          table.columns.flatMap(({ name, dataType }) =>
            dataType === "text" && row[name] === null ? [[name, ""]] : [],
          ),
        ),
      })),
    caughtBy: "data types: null is null in every type, also where a column holds nothing else",
  },
];

/** Three hours, where the year allows it. */
function shifted(instant: string): string {
  const moved = new Date(Date.parse(instant) + 3 * 3_600_000).toISOString();
  return moved.startsWith("+") ? instant : moved.slice(0, 20) + instant.slice(20);
}
