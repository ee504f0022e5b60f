import { describe, expect, test } from "vitest";
import { checkGolden } from "./check-golden.ts";
import { type NormalizeCase, goldenCases } from "./golden-case.ts";
import { type GoldenValue, NotJson, jsonTextOf } from "./golden-value.ts";

/** What belongs to the engine issue or is no JSON; by what a case asks, never by its id. */
function excluded(golden: NormalizeCase): string | undefined {
  const { schema = {}, resource: options = {} } = golden;
  const disposition = options["write_disposition"];
  if (golden.trap !== undefined) return "trap: our deviation is tested by itself";
  if ("naming" in schema) return "another naming convention (engine issue)";
  if ("detections" in schema) return "other detections (engine issue)";
  if ("preferred_types" in schema || "default_hints" in schema)
    return "schema settings: preferred types, default hints (engine issue)";
  if ("root_key" in schema) return "root key without a merge (engine issue)";
  if ("nested_hints" in options) return "hints for child tables by path (engine issue)";
  if (
    typeof disposition === "object" &&
    disposition !== null &&
    "strategy" in disposition &&
    disposition.strategy === "cdc"
  )
    return "cdc (engine issue)";
  if (golden.batches.flat().some(hasBlankList))
    return "a list under a blank key: dlt puts its elements between the rows of the parent";
  try {
    jsonTextOf(golden.batches);
  } catch (error) {
    if (error instanceof NotJson) return "values that only a Python library gives";
    throw error;
  }
  return undefined;
}

function hasBlankList(record: GoldenValue): boolean {
  return (
    typeof record === "object" &&
    record !== null &&
    Object.entries(record).some(([key, value]) => key.trim() === "" && Array.isArray(value))
  );
}

describe.each(["normalize-hand", "normalize-generated"])("dlt's recorded behaviour: %s", (file) => {
  const cases = goldenCases<NormalizeCase>(file);
  const asked = cases.filter((golden) => excluded(golden) === undefined);
  const reasons = Object.groupBy(cases, (golden) => excluded(golden) ?? "asked");

  test.each(asked.map((golden) => [golden.id, golden.title ?? "", golden] as const))("%s %s", (_id, _title, golden) => {
    checkGolden(golden);
  });

  test("asks most cases; the rest is left out for these reasons", () => {
    const counts = Object.fromEntries(Object.entries(reasons).map(([reason, list]) => [reason, list?.length]));
    console.log(`golden ${file}: ${asked.length} of ${cases.length} asked`, counts);
    expect(asked.length).toBeGreaterThan(cases.length / 3);
  });
});
