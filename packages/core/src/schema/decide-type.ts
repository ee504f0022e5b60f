import type { DataType } from "./data-types.ts";

/**
 * What becomes of a value in a column that exists.
 *
 * - `keep`: every value of the kind is stored as it is.
 * - `fit`: stored where nothing of it is lost (`"12"` in a bigint column, `2^60` in a double column); else in a variant column.
 * - `widen`: stored where nothing is lost; else the column takes the wider type. `exact: "always"`: the wider type holds every value of
 *   the old one. `"when-seen"`: it holds some, so every value of the column must be known and hold.
 *
 * A pair that is not in the table goes to a variant column (`age__v_text`).
 */
export type LatticeStep = "keep" | "fit" | { readonly widen: DataType; readonly exact: "always" | "when-seen" };

/**
 * The lattice: type of the column → type of the value by itself → step. The value types that exist: `text`, `bigint` (integer within 64
 * bits), `double` (number that a double holds), `decimal` (number beyond both), `bool`, `timestamp`, `binary`, `json`.
 *
 * Beside dlt's rules, on purpose (docs/dlt-differences.md): no number and no word becomes a bool, no number becomes a time, an integer is
 * never rounded into a double, and a bigint column widens where dlt makes `…__v_double`.
 */
export const typeLattice: Readonly<Record<DataType, Readonly<Partial<Record<DataType, LatticeStep>>>>> = {
  text: {
    text: "keep",
    bigint: "keep",
    double: "keep",
    decimal: "keep",
    bool: "keep",
    timestamp: "keep",
    binary: "keep",
    json: "keep",
  },
  bigint: {
    text: "fit",
    bigint: "keep",
    double: { widen: "double", exact: "when-seen" },
    decimal: { widen: "decimal", exact: "always" },
  },
  double: { text: "fit", bigint: "fit", double: "keep", decimal: "fit" },
  decimal: { text: "fit", bigint: "fit", double: "fit", decimal: "fit" },
  wei: { text: "fit", bigint: "keep", double: "fit", decimal: "fit" },
  bool: { bool: "keep" },
  timestamp: { text: "fit", timestamp: "keep" },
  date: { text: "fit", timestamp: "fit" },
  time: { text: "fit" },
  binary: { text: "fit", bigint: "fit", decimal: "fit", binary: "keep" },
  json: { text: "fit", json: "keep" },
};

/** What {@link decideMisfit} needs to know. */
export interface Misfit {
  /** The column's type. */
  readonly existing: DataType;
  /** The type that the value has by itself. */
  readonly value: DataType;
  /** Every value of the column was seen, and the wider type holds each. */
  readonly seenExact: boolean;
  /** The changes of a column's type that the destination can do in place. */
  readonly widenings: readonly { readonly from: DataType; readonly to: DataType }[];
}

/**
 * The type that a column takes for a value that does not fit it, or `undefined`: the value goes to a variant column. The caller still
 * checks that the value fits the wider type (an integer of 50 digits fits no decimal of 38).
 */
export function decideMisfit({ existing, value, seenExact, widenings }: Misfit): DataType | undefined {
  const step = typeLattice[existing][value];
  if (typeof step !== "object") return undefined;
  const possible = widenings.some(({ from, to }) => from === existing && to === step.widen);
  return possible && (step.exact === "always" || seenExact) ? step.widen : undefined;
}
