import type { Capabilities } from "../destination/capabilities.ts";
import { shortenFragments } from "./name-identifiers.ts";

/** Makes names out of names that are normalized already: `age` and `v_text` give `age__v_text`, shortened where it must be. */
export type DeriveName = (...parts: readonly string[]) => string;

/** {@link DeriveName} within a destination's limits. */
export function deriveNames(
  limits: Pick<Capabilities, "maxColumnNameLength" | "maxTableNameLength" | "identifierLengthUnit">,
): DeriveName {
  const maximum = Math.min(limits.maxColumnNameLength, limits.maxTableNameLength);
  return (...parts) => {
    // In a limit of bytes, digits of other scripts count more than once.
    for (let length = maximum; ; length--) {
      const name = shortenFragments(parts, length);
      if (limits.identifierLengthUnit !== "bytes" || Buffer.byteLength(name) <= maximum) return name;
    }
  };
}
