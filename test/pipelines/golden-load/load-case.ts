import { NotJson, jsonTextOf } from "../../../packages/core/test/normalize/golden-value.ts";
import type { GoldenValue } from "../../../packages/core/test/normalize/golden-value.ts";

export type GoldenOptions = Readonly<Record<string, unknown>>;

/** Rows by table, as a case of the suite `load` gives them. */
export type GoldenTables = Readonly<Record<string, readonly Readonly<Record<string, GoldenValue>>[]>>;

/** A case of the suite `load` (test/fixtures/golden/README.md). */
export interface LoadCase {
  readonly id: string;
  readonly title: string;
  readonly trap?: string;
  readonly resource?: GoldenOptions;
  readonly schema?: GoldenOptions;
  readonly runs: readonly {
    readonly records: readonly GoldenValue[];
    readonly resource?: GoldenOptions;
    readonly refresh?: string;
  }[];
  readonly expected: {
    readonly tables: Readonly<
      Record<
        string,
        { readonly parent?: string; readonly columns: readonly { readonly name: string; readonly type?: string }[] }
      >
    >;
    readonly runs: readonly { readonly rows: GoldenTables; readonly error?: { readonly kind: string } }[];
  };
}

/** Why a case is not asked: by what it asks, never by its id. */
export function leftOut(golden: LoadCase): string | undefined {
  const options = [golden, ...golden.runs].map(({ resource }): GoldenOptions => resource ?? {});
  const dispositions = options.flatMap((option): readonly object[] => {
    const disposition = option["write_disposition"];
    return typeof disposition === "object" && disposition !== null ? [disposition] : [];
  });
  const strategies = dispositions.flatMap((disposition) => ("strategy" in disposition ? [disposition.strategy] : []));
  if (strategies.includes("cdc")) return "strategy cdc: a later part";
  if (dispositions.some((disposition) => "destination_scope" in disposition || "source_filter" in disposition))
    return "destination scope or source filter: a later part";
  if (golden.runs.some(({ refresh }) => refresh !== undefined)) return "refresh: a later part";
  if (options.some((option) => "nested_hints" in option)) return "hints for child tables by path: another part";
  if (golden.trap !== undefined) return "trap: what we do instead is tested by itself (docs/dlt-differences.md)";
  try {
    jsonTextOf(golden.runs.flatMap(({ records }) => records));
  } catch (error) {
    if (error instanceof NotJson) return "values that only a Python library gives";
    throw error;
  }
  return undefined;
}
