import { readFileSync } from "node:fs";
import type { GoldenValue } from "./golden-value.ts";

/** A case of the suites `normalize` and `contracts`. */
export interface NormalizeCase {
  readonly id: string;
  readonly title?: string;
  readonly trap?: string;
  readonly batches: readonly (readonly GoldenValue[])[];
  readonly resource?: Readonly<Record<string, unknown>>;
  readonly schema?: Readonly<Record<string, unknown>>;
  /** Changes of the resource, by run. */
  readonly resources?: readonly Readonly<Record<string, unknown>>[];
  /** The contract given to each run. */
  readonly contracts?: readonly unknown[];
  readonly expected: {
    readonly tables: Readonly<Record<string, GoldenTable>>;
    readonly batches: readonly {
      readonly rows?: Readonly<Record<string, readonly GoldenRow[]>>;
      readonly error?: {
        readonly kind: string;
        readonly entity?: string;
        readonly table?: string;
        readonly column?: string;
      };
    }[];
  };
}

/** A row: columns without a value are absent. */
export type GoldenRow = Readonly<Record<string, GoldenValue>>;

/** A table of the logical schema. */
export interface GoldenTable {
  readonly parent?: string;
  readonly write_disposition?: string;
  readonly merge_strategy?: string;
  readonly seen_data?: boolean;
  readonly schema_contract?: unknown;
  readonly columns: readonly GoldenColumn[];
}

/** A column, hints as dlt names them. */
export type GoldenColumn = Readonly<Record<string, unknown>> & { readonly name: string; readonly type?: string };

/** A case of the suite `infer-and-coerce`. */
export interface CoerceCase {
  readonly id: string;
  readonly trap?: string;
  readonly column: (Readonly<Record<string, unknown>> & { readonly data_type: string }) | null;
  readonly value: GoldenValue;
  readonly detections?: readonly string[];
  readonly expected: {
    readonly column?: string | null;
    readonly type?: string;
    readonly value?: GoldenValue;
    readonly error?: { readonly kind: string };
  };
}

/** The cases of one golden file. */
export function goldenCases<T>(file: string): readonly T[] {
  const path = new URL(`../../../../test/fixtures/golden/${file}.json`, import.meta.url);
  // Our own files; their README states the shapes.
  return (JSON.parse(readFileSync(path, "utf8")) as { readonly cases: readonly T[] }).cases;
}
