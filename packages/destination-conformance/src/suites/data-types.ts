import type { Column, DataType } from "@typeload/core";
import { dataTypes as allTypes } from "@typeload/core";
import type { CellInput } from "@typeload/core/testing";
import type { Bench } from "../bench.ts";
import { canonicalCell } from "../canonical-cell.ts";
import type { Check, Suite } from "../check.ts";
import { decimalSamples, samples, sampleTable } from "../fixtures/samples.ts";
import { loadId, plainLoad } from "../trial-load.ts";

const names: Readonly<Record<Exclude<DataType, "decimal">, string>> = {
  text: "text keeps every character",
  bigint: "bigint keeps 64 bits",
  double: "double keeps every bit, the sign of zero included",
  bool: "bool is true, false or null",
  timestamp: "timestamp keeps microseconds and the instant, from year 1 to 9999",
  date: "date keeps the day, from year 1 to 9999",
  time: "time keeps microseconds",
  binary: "binary keeps every byte",
  json: "json keeps structure, text and digits",
  wei: "wei keeps 38 digits",
};

const ofEachType: readonly Check[] = allTypes.map((dataType) =>
  dataType === "decimal"
    ? {
        name: "decimal keeps every digit of the default precision",
        applies: has("decimal"),
        run: (bench) => {
          const { precision, scale } = bench.destination.capabilities.decimalPrecision;
          return roundTrip(bench, { dataType }, decimalSamples(precision, scale));
        },
      }
    : {
        name: names[dataType],
        applies: has(dataType),
        run: (bench) => roundTrip(bench, { dataType }, samples[dataType]),
      },
);

/** Every logical type, with the values that loaders are known to bend. */
export const dataTypes: Suite = {
  name: "data types",
  checks: [
    ...ofEachType,
    {
      name: "text of a megabyte is kept whole",
      run: (bench) => roundTrip(bench, { dataType: "text" }, ["é🦚\n'\"".repeat(150_000), "x".repeat(1_048_577)]),
    },
    {
      name: "decimal keeps a precision and scale of its own",
      applies: has("decimal"),
      run: (bench) => roundTrip(bench, { dataType: "decimal", precision: 20, scale: 4 }, decimalSamples(20, 4)),
    },
    {
      name: "decimal with a precision alone has nine digits behind the point",
      applies: has("decimal"),
      run: (bench) => roundTrip(bench, { dataType: "decimal", precision: 20 }, decimalSamples(20, 9)),
    },
    {
      name: "decimal of fewer digits than nine has all of them behind the point",
      applies: has("decimal"),
      run: (bench) => roundTrip(bench, { dataType: "decimal", precision: 5 }, ["0", "0.99999", "-0.99999", "0.00001"]),
    },
    ...[8, 16, 32, 64].map((bits): Check => ({
      name: `bigint with a precision keeps its ${bits} bits`,
      applies: has("bigint"),
      run: (bench) => {
        const end = 2n ** BigInt(bits - 1);
        return roundTrip(bench, { dataType: "bigint", precision: bits }, [0n, -1n, end - 1n, -end]);
      },
    })),
    {
      name: "text with a precision keeps that many characters",
      applies: has("text"),
      run: (bench) => roundTrip(bench, { dataType: "text", precision: 5 }, ["", "12345", "🦚🦚🦚🦚🦚", "日本語é\n"]),
    },
    {
      name: "timestamp without a zone keeps the time on the clock",
      applies: has("timestamp"),
      run: (bench) => {
        const local = samples.timestamp.map((text) => String(text).replace("Z", ""));
        return roundTrip(bench, { dataType: "timestamp", timezone: false }, local);
      },
    },
    { name: "null is null in every type, also where a column holds nothing else", run: nullsOfEveryType },
    { name: "rows of one batch keep their cells together", run: cellsStayTogether },
  ],
};

function has(dataType: DataType): Check["applies"] {
  return ({ dataTypes: expected }) => expected.includes(dataType);
}

/** Loads the values with nulls between them, in one part, and compares what is read. */
async function roundTrip(bench: Bench, type: Omit<Column, "name">, values: readonly CellInput[]): Promise<void> {
  const table = sampleTable(type);
  const cells = [null, ...values, null];
  const rows = cells.map((sample, n) => ({ n, sample }));
  await bench.load(plainLoad({ loadId: loadId(1), writeDisposition: { kind: "append" }, table, rows }));
  const expected = cells.map((sample, n) => ({
    n: String(n),
    sample: canonicalCell(sample, { name: "sample", ...type }),
  }));
  await bench.expectRows(table, expected);
}

async function nullsOfEveryType(bench: Bench): Promise<void> {
  const typed = bench.destination.capabilities.dataTypes;
  const table = {
    name: "samples",
    resource: "samples",
    columns: [
      { name: "n", dataType: "bigint" as const },
      ...typed.map((dataType) => ({ name: `some_${dataType}`, dataType })),
      ...typed.map((dataType) => ({ name: `no_${dataType}`, dataType })),
    ],
  };
  const firstSample = (dataType: DataType): CellInput => (dataType === "decimal" ? "1.5" : samples[dataType].at(-1));
  const some = Object.fromEntries(typed.map((dataType) => [`some_${dataType}`, firstSample(dataType)]));
  const rows = [{ n: 1 }, { n: 2, ...some }, { n: 3 }, {}];
  await bench.load(plainLoad({ loadId: loadId(1), writeDisposition: { kind: "append" }, table, rows }));
  const expected = rows.map((row: Readonly<Record<string, CellInput>>) =>
    Object.fromEntries(table.columns.map((column) => [column.name, canonicalCell(row[column.name], column)])),
  );
  await bench.expectRows(table, expected);
}

async function cellsStayTogether(bench: Bench): Promise<void> {
  const table = {
    name: "samples",
    resource: "samples",
    columns: [
      { name: "n", dataType: "bigint" as const },
      { name: "a", dataType: "text" as const },
      { name: "b", dataType: "text" as const },
    ],
  };
  const rows = Array.from({ length: 5000 }, (_, n) => ({
    n,
    a: n % 3 === 0 ? null : `a${n}`,
    b: n % 7 === 0 ? null : "b".repeat(n % 50),
  }));
  await bench.load(plainLoad({ loadId: loadId(1), writeDisposition: { kind: "append" }, table, rows }));
  await bench.expectRows(
    table,
    rows.map(({ n, a, b }) => ({ n: String(n), a, b })),
  );
}
