import { checkGolden } from "./check-golden.ts";
import { describeGolden } from "./golden-suite.ts";
import { type NormalizeCase, goldenCases } from "./golden-case.ts";
import { beyondJson } from "./golden-value.ts";

/** By what a case asks, never by its id. */
function excluded(golden: NormalizeCase): string | undefined {
  if (golden.trap !== undefined) return "trap: our deviation is tested by itself";
  if (hasNarrowDecimal(golden))
    return "a decimal that its declared precision cannot hold: dlt hands it on and the destination refuses it, ours goes to a variant";
  return beyondJson(golden.batches);
}

function hasNarrowDecimal({ resources = [], batches }: NormalizeCase): boolean {
  return resources.some((options, run) =>
    Object.entries((options["columns"] ?? {}) as Record<string, Record<string, unknown>>).some(
      ([name, { data_type: type, precision, scale }]) =>
        type === "decimal" &&
        batches[run]?.some((record) => {
          const value: unknown = (record as Record<string, unknown>)[name];
          return typeof value === "number" && Math.abs(value) >= 10 ** (Number(precision) - Number(scale));
        }),
    ),
  );
}

describeGolden<NormalizeCase>({
  file: "contracts",
  cases: goldenCases("contracts"),
  leftOut: excluded,
  check: checkGolden,
});
