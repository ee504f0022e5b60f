import type { DataType } from "./data-types.ts";

/**
 * What becomes of a value in a column that exists.
 *
 * - `keep`: every value of the kind is stored as it is (a precision hint on the column makes this a `fit`).
 * - `fit`: stored where nothing of it is lost (`"12"` in a bigint column, `2^60` in a double column); else in a variant column.
 * - `widen`: stored where nothing is lost; else the column takes the wider type, where the destination can do that in place.
 *   `exact: "always"`: the wider type holds every value of the old one. `"when-looked-at"`: it holds some, so every value of this load must
 *   be one of them, and the destination looks at those that are stored. A column whose type a hint gave never becomes a double.
 *
 * A pair that is not in the table goes to a variant column (`age__v_text`).
 */
export type LatticeStep = "keep" | "fit" | { readonly widen: DataType; readonly exact: "always" | "when-looked-at" };

/**
 * The lattice: type of the column → type of the value by itself → step. The value types that exist: `text`, `bigint` (integer within 64
 * bits), `double` (number that a double holds), `decimal` (number beyond both; only integers widen), `bool`, `timestamp`, `binary`,
 * `json`. This is the rule as data, for readers, documentation and tools; the normalizer does it value by value (`place-value.ts`,
 * `coerce.ts`), and a test holds the two against each other for every pair.
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
    double: { widen: "double", exact: "when-looked-at" },
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
