import type { Column, DataType, RowBatch, Table } from "@typeload/core";
import { typedBatch } from "@typeload/core/testing";
import type { CellInput } from "@typeload/core/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeBatches } from "../src/postgres-bulk-load.ts";
import { decodeCopy, decodeNumeric } from "./decode-copy.ts";

test("a stream begins with the signature, has a field count before each row, and ends with -1", async () => {
  const bytes = await encode([batchOf("bool", [true])], 7);
  expect(bytes.toString("hex")).toBe(
    [
      "5047434f50590aff0d0a00" + "00000000" + "00000000", // signature, flags, no extension
      "0003" + "00000001" + "01", // three fields: true …
      "00000008" + "0000000000000001", // … ordinal 1 …
      "00000008" + "0000000000000007", // … part 7
      "ffff",
    ].join(""),
  );
});

/** Bytes as `*_send` of PostgreSQL writes them. */
const golden: readonly (readonly [
  title: string,
  column: Partial<Column> & { dataType: DataType },
  value: CellInput,
  hex: string,
])[] = [
  ["null", { dataType: "text" }, null, "ffffffff"],
  ["empty text", { dataType: "text" }, "", "00000000"],
  ["text", { dataType: "text" }, "né 😀", "00000008" + "6ec3a920f09f9880"],
  ["int8", { dataType: "bigint" }, 1n, "00000008" + "0000000000000001"],
  ["greatest int8", { dataType: "bigint" }, 2n ** 63n - 1n, "00000008" + "7fffffffffffffff"],
  ["least int8", { dataType: "bigint" }, -(2n ** 63n), "00000008" + "8000000000000000"],
  ["int4", { dataType: "bigint", precision: 32 }, -2, "00000004" + "fffffffe"],
  ["int2", { dataType: "bigint", precision: 16 }, 258, "00000002" + "0102"],
  ["double", { dataType: "double" }, 1.5, "00000008" + "3ff8000000000000"],
  ["minus zero", { dataType: "double" }, -0, "00000008" + "8000000000000000"],
  ["false", { dataType: "bool" }, false, "00000001" + "00"],
  ["timestamp of Postgres's epoch", { dataType: "timestamp" }, "2000-01-01T00:00:00Z", "00000008" + "0000000000000000"],
  [
    "timestamp with a microsecond",
    { dataType: "timestamp" },
    "2000-01-01T00:00:00.000001Z",
    "00000008" + "0000000000000001",
  ],
  ["timestamp before it", { dataType: "timestamp" }, "1999-12-31T23:59:59.999999Z", "00000008" + "ffffffffffffffff"],
  ["Unix epoch", { dataType: "timestamp" }, "1970-01-01T00:00:00Z", "00000008" + "fffca2fec4c82000"],
  ["date", { dataType: "date" }, "2000-01-02", "00000004" + "00000001"],
  ["date before", { dataType: "date" }, "1999-12-31", "00000004" + "ffffffff"],
  ["time", { dataType: "time" }, "00:00:01.000002", "00000008" + "00000000000f4242"],
  ["bytes with zero", { dataType: "binary" }, Uint8Array.of(0, 255, 0), "00000003" + "00ff00"],
  ["jsonb", { dataType: "json" }, '{"a":1}', "00000008" + "01" + "7b2261223a317d"],
  ["numeric 0", { dataType: "decimal" }, "0", "00000008" + "0000" + "0000" + "0000" + "0000"],
  ["numeric 0.00", { dataType: "decimal" }, "0.00", "00000008" + "0000" + "0000" + "0000" + "0002"],
  ["numeric 12.50", { dataType: "decimal" }, "12.50", "0000000c" + "0002" + "0000" + "0000" + "0002" + "000c" + "1388"],
  [
    "numeric -12.50",
    { dataType: "decimal" },
    "-12.50",
    "0000000c" + "0002" + "0000" + "4000" + "0002" + "000c" + "1388",
  ],
  ["numeric 10000", { dataType: "decimal" }, "10000", "0000000a" + "0001" + "0001" + "0000" + "0000" + "0001"],
  ["numeric 0.00001", { dataType: "decimal" }, "0.00001", "0000000a" + "0001" + "fffe" + "0000" + "0005" + "03e8"],
  ["wei", { dataType: "wei" }, 123456789n, "0000000e" + "0003" + "0002" + "0000" + "0000" + "0001" + "0929" + "1a85"],
];

test.each(golden)("%s", async (_title, column, value, hex) => {
  const { bytes } = await encodeOne(column, value);
  expect(bytes.toString("hex")).toBe(hex);
});

test("every decimal comes back digit by digit", async () => {
  const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 60 });
  const decimal = fc
    .tuple(fc.boolean(), digits, fc.option(digits))
    .map(([minus, whole, fraction]) => `${minus ? "-" : ""}${whole}${fraction === null ? "" : `.${fraction}`}`);
  await fc.assert(
    fc.asyncProperty(decimal, async (text) => {
      const { field } = await encodeOne({ dataType: "wei" }, text);
      expect(field && decodeNumeric(field)).toBe(canonical(text));
    }),
    { numRuns: 500 },
  );
});

test("every integer, timestamp and text comes back", async () => {
  const text = fc.string({ unit: "binary", maxLength: 50 }).map((value) => value.toWellFormed().replaceAll("\0", ""));
  await fc.assert(
    fc.asyncProperty(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), text, async (integer, string) => {
      expect((await encodeOne({ dataType: "bigint" }, integer)).field?.readBigInt64BE()).toBe(integer);
      expect((await encodeOne({ dataType: "text" }, string)).field?.toString("utf8")).toBe(string);
    }),
  );
});

test("a number that does not fit its bits is refused by name, not cut", async () => {
  const small: Column = { name: "level", dataType: "bigint", precision: 16 };
  await expect(encodeOne(small, 32_767)).resolves.toBeDefined();
  await expect(encodeOne(small, -32_768)).resolves.toBeDefined();
  for (const value of [32_768, -32_769]) {
    await expect(encodeOne(small, value)).rejects.toMatchObject({
      code: "value_out_of_range",
      message: expect.stringContaining("level"),
    });
  }
});

test("an instant beyond what Postgres counts is refused, not bent", async () => {
  const vector = { physical: "int64", column: { name: "at", dataType: "timestamp" } } as const;
  const batch: RowBatch = {
    ...batchOf("timestamp", ["2000-01-01T00:00:00Z"]),
    columns: [{ ...vector, valid: Uint8Array.of(1), values: BigInt64Array.of(-(2n ** 63n)) }],
  };
  const announced = [vector.column];
  await expect(encode([batch], 0, announced)).rejects.toMatchObject({ code: "value_out_of_range" });
});

test("a value larger than the chunk, and many chunks, arrive whole and in order", async () => {
  const long = "x".repeat(1_000_000) + "end";
  const short = Array.from({ length: 10_000 }, (_, index) => `row ${index} ${"y".repeat(60)}`);
  const chunks: Buffer[] = [];
  for await (const chunk of encodeBatches(
    request([textColumn]),
    several([batchOf("text", [long]), batchOf("text", short)]),
  )) {
    chunks.push(chunk);
  }
  expect(chunks.length).toBeGreaterThan(3);
  const rows = decodeCopy(Buffer.concat(chunks));
  expect(rows.map(({ fields }) => fields[0]?.toString("utf8"))).toEqual([long, ...short]);
});

test("a batch whose columns are others than announced is refused", async () => {
  await expect(encode([batchOf("text", ["a"])], 0, [{ name: "other", dataType: "text" }])).rejects.toMatchObject({
    code: "configuration",
    message: expect.stringContaining("other"),
  });
});

const textColumn: Column = { name: "value", dataType: "text" };

function batchOf(dataType: DataType, values: readonly CellInput[], column: Partial<Column> = {}): RowBatch {
  const table: Table = { name: "t", columns: [{ ...column, name: column.name ?? "value", dataType }] };
  return typedBatch(
    table,
    values.map((value) => ({ [column.name ?? "value"]: value })),
  );
}

function request(columns: readonly Column[], part = 0): Parameters<typeof encodeBatches>[0] {
  return { table: { name: "t" }, columns, ordinalColumn: "o", partColumn: "p", part };
}

async function* several(batches: readonly RowBatch[]): AsyncGenerator<RowBatch> {
  yield* batches;
}

async function encode(batches: readonly RowBatch[], part: number, columns?: readonly Column[]): Promise<Buffer> {
  const announced = columns ?? batches[0]?.columns.map(({ column }) => column) ?? [];
  return Buffer.concat(await collect(encodeBatches(request(announced, part), several(batches))));
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The field of one cell, and its bytes with the length before them. */
async function encodeOne(column: Partial<Column>, value: CellInput): Promise<{ field: Buffer | null; bytes: Buffer }> {
  const stream = await encode([batchOf(column.dataType ?? "text", [value], column)], 0);
  const field = decodeCopy(stream)[0]?.fields[0] ?? null;
  return { field, bytes: stream.subarray(21, 21 + 4 + (field?.length ?? 0)) };
}

/** Without leading zeros; `-0` is 0. */
function canonical(text: string): string {
  const plain = text.replace(/^(-?)0+(?=\d)/, "$1");
  return /[1-9]/.test(plain) ? plain : plain.replace("-", "");
}
