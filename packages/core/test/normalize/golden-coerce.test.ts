import { expect } from "vitest";
import type { DataType } from "../../src/schema/data-types.ts";
import type { Column, Schema } from "../../src/schema/schema.ts";
import { TypeloadError } from "../../src/errors.ts";
import { type CoerceCase, goldenCases } from "./golden-case.ts";
import { describeGolden } from "./golden-suite.ts";
import { type GoldenValue, NotJson, cellForm, goldenForm, jsonTextOf } from "./golden-value.ts";
import { emptySchema, normalizePages, page } from "./normalize-pages.ts";

/** What a case asks that is not asked here, by its kind, never by its id. */
function excluded(golden: CoerceCase): string | undefined {
  const { column, value, expected } = golden;
  if (golden.trap !== undefined) return "trap: our deviation is tested by itself";
  if (golden.detections !== undefined) return "other detections (engine issue)";
  try {
    jsonTextOf(value);
  } catch (error) {
    if (error instanceof NotJson) return "values that JSON text cannot say";
    throw error;
  }
  // An offset of a day, a time that leaves the years 1 to 9999: dlt breaks; the text is kept here.
  if (expected.error !== undefined && expected.error.kind !== "null-in-not-null")
    return "dlt raises an error of Python";
  if ((column?.data_type === "decimal" || column?.data_type === "wei") && /[Ii]nf|nan/i.test(String(value)))
    return "a decimal that is not finite, which no database stores";
  const isTime = column?.data_type === "timestamp" || column?.data_type === "date";
  if (isTime && typeof value === "string" && /^\s+\d+$/.test(value))
    return "epoch seconds as text with blanks: the trap epoch-coercion without its tag";
  return undefined;
}

function columnOf(golden: CoerceCase): Column | undefined {
  const { column } = golden;
  if (column === null) return undefined;
  const { data_type, nullable, precision, scale, timezone } = column;
  const hints = { nullable, precision, scale, timezone };
  // The words are the same; hints are what dlt wrote.
  return {
    name: "c",
    dataType: data_type as DataType,
    ...(Object.fromEntries(Object.entries(hints).filter(([, hint]) => hint !== undefined)) as Partial<Column>),
  };
}

function outcome(golden: CoerceCase): string {
  const column = columnOf(golden);
  const schema: Schema =
    column === undefined
      ? emptySchema
      : { ...emptySchema, tables: { t: { name: "t", columns: [column], seenData: true } } };
  // A destination without a limit on decimals and without widenings: dlt's normalizing knows neither.
  const capabilities = {
    decimalPrecision: { precision: Number.POSITIVE_INFINITY, scale: Number.POSITIVE_INFINITY },
    widenings: [],
  };
  try {
    const { rows, normalizer } = normalizePages([page(`[{"c":${jsonTextOf(golden.value)}}]`)], {
      schema,
      capabilities,
      ...nested(golden.value),
    });
    const [name, value] =
      Object.entries(rows["t"]?.[0] ?? {}).find(([key, cell]) => !key.startsWith("_dlt_") && cell !== null) ?? [];
    if (name === undefined || value === undefined) return "nothing";
    const columns = normalizer.schema.tables["t"]?.columns ?? [];
    return `${name} ${cellForm(value, columns.find((each) => each.name === name) ?? { name })}`;
  } catch (error) {
    if (error instanceof TypeloadError) return `error ${error.code}`;
    throw error;
  }
}

/** Objects and lists are asked as json, so they must stay whole. */
function nested(value: GoldenValue) {
  const whole = typeof value === "object" && value !== null && !Object.keys(value)[0]?.startsWith("$");
  return whole ? { wholeValues: true } : {};
}

function expectedOutcome({ expected, column }: CoerceCase): string {
  if (expected.error !== undefined) return "error null_in_not_null";
  if (expected.column === null || expected.column === undefined) return "nothing";
  const form = goldenForm(expected.value ?? null, expected.type ?? "");
  // The files write a timestamp column's zone with the value.
  return `${expected.column} ${column?.["timezone"] === false && form.startsWith("timestamp") ? form.replace(/Z$/, "") : form}`;
}

function check(golden: CoerceCase): void {
  expect(outcome(golden)).toBe(expectedOutcome(golden));
}

describeGolden<CoerceCase>({
  file: "infer-and-coerce",
  cases: goldenCases("infer-and-coerce"),
  leftOut: excluded,
  check,
});
