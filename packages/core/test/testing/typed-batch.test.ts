import type { Table } from "@typeload/core";
import { readRowBatch, typedBatch } from "@typeload/core/testing";
import { describe, expect, it } from "vitest";

const everyType: Table = {
  name: "every_type",
  columns: [
    { name: "text", dataType: "text" },
    { name: "bigint", dataType: "bigint" },
    { name: "double", dataType: "double" },
    { name: "decimal", dataType: "decimal" },
    { name: "bool", dataType: "bool" },
    { name: "timestamp", dataType: "timestamp" },
    { name: "local", dataType: "timestamp", timezone: false },
    { name: "date", dataType: "date" },
    { name: "time", dataType: "time" },
    { name: "binary", dataType: "binary" },
    { name: "json", dataType: "json" },
    { name: "wei", dataType: "wei" },
    { name: "unknown_yet" },
  ],
};

const row = {
  text: "qué 🦚",
  bigint: -9223372036854775808n,
  double: -0,
  decimal: "-12.50",
  bool: false,
  timestamp: "1969-12-31T23:59:59.999999Z",
  local: "0001-01-01T00:00:00.000001",
  date: "9999-12-31",
  time: "23:59:59.999999",
  binary: new Uint8Array([0, 255]),
  json: '{"a": 1}',
  wei: "115792089237316195423570985008687907853269984665640564039457584007913129639935",
};

describe("typedBatch and readRowBatch", () => {
  it("give back every type as it was", () => {
    const nothing = Object.fromEntries(Object.keys(row).map((name) => [name, null]));
    expect(readRowBatch(typedBatch(everyType, [row, {}, row])).map((it) => ({ ...it }))).toEqual([row, nothing, row]);
  });

  it("lay cells out as the contract says", () => {
    const batch = typedBatch(everyType, [{ text: "é", bigint: 7, date: "1970-01-02" }, {}], {
      tableVersion: 3,
      ordinals: [5, 9],
    });
    expect(batch).toMatchObject({
      table: everyType,
      tableVersion: 3,
      rowCount: 2,
      bytes: new Uint8Array([0xc3, 0xa9]),
    });
    expect(batch.ordinals).toEqual(new Float64Array([5, 9]));
    expect(batch.columns.map(({ column }) => column.name)).toEqual(Object.keys(row));
    expect(batch.columns[0]).toEqual({
      physical: "bytes",
      column: everyType.columns[0],
      valid: new Uint8Array([1, 0]),
      offsets: new Uint32Array([0, 0]),
      lengths: new Uint32Array([2, 0]),
    });
    expect(batch.columns[1]).toMatchObject({ physical: "int64", values: new BigInt64Array([7n, 0n]) });
    expect(batch.columns[7]).toMatchObject({ physical: "int32", values: new Int32Array([1, 0]) });
  });

  it("take dates, and numbers where they are exact", () => {
    const at = new Date("2026-01-02T03:04:05.006Z");
    const [read] = readRowBatch(typedBatch(everyType, [{ timestamp: at, date: at, decimal: 12n, wei: 3, bigint: 4 }]));
    expect(read).toMatchObject({
      timestamp: "2026-01-02T03:04:05.006000Z",
      date: "2026-01-02",
      decimal: "12",
      wei: "3",
      bigint: 4n,
    });
  });

  it.each([
    [{ nobody: 1 }, /row 0 of every_type has a member nobody/],
    [{ unknown_yet: 1 }, /member unknown_yet/],
    [{ bigint: 1.5 }, /row 0 of every_type, column bigint: expected a bigint/],
    [{ bigint: 9223372036854775808n }, /does not fit 64 bits/],
    [{ text: 1 }, /column text: expected a string/],
    [{ decimal: "1e3" }, /plain decimal text/],
    [{ timestamp: "yesterday" }, /not a timestamp/],
    [{ date: "2026-02-30T00:00:00Z" }, /not a date/],
    [{ binary: "AA==" }, /expected a Uint8Array/],
  ])("refuse %o", (bad, message) => {
    expect(() => typedBatch(everyType, [bad])).toThrow(message);
  });
});
