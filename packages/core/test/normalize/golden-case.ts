import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
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

/** The folder that `npm run golden` was given. */
const folder = process.env["TYPELOAD_GOLDEN"];

/** Is this run one of `npm run golden`? */
export const askedForGolden = folder !== undefined;

/** The cases of one golden file; none where a folder was given that lacks it. */
export function goldenCases<T>(file: string): readonly T[] {
  const own = fileURLToPath(new URL("../../../../test/fixtures/golden", import.meta.url));
  const path = join(folder ?? own, `${file}.json`);
  if (askedForGolden && !existsSync(path)) return [];
  // Our own files; their README states the shapes.
  return (JSON.parse(readFileSync(path, "utf8")) as { readonly cases: readonly T[] }).cases;
}
