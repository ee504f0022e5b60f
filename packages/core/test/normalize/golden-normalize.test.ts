import { checkGolden } from "./check-golden.ts";
import { describeGolden } from "./golden-suite.ts";
import { type NormalizeCase, goldenCases } from "./golden-case.ts";
import { type GoldenValue, beyondJson } from "./golden-value.ts";

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
  return beyondJson(golden.batches);
}

function hasBlankList(record: GoldenValue): boolean {
  return (
    typeof record === "object" &&
    record !== null &&
    Object.entries(record).some(([key, value]) => key.trim() === "" && Array.isArray(value))
  );
}

for (const file of ["normalize-hand", "normalize-generated"]) {
  describeGolden<NormalizeCase>({ file, cases: goldenCases(file), leftOut: excluded, check: checkGolden });
}
