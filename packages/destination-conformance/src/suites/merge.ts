import type { MergeStrategy } from "@typeload/core";
import type { Check, Suite } from "../check.ts";
import { insertOnlyChecks } from "./merge-insert-only.ts";
import { leftoverChecks } from "./merge-leftovers.ts";
import { keepChecks } from "./merge-unchanged.ts";
import { keyChecks } from "./merge-keys.ts";
import { writingChecks } from "./merge-writing.ts";

/** Rows of a key take the place of the stored row of that key, with their children. */
export const merge: Suite = {
  name: "merge",
  checks: (expects): readonly Check[] => {
    if (!expects.writeDispositions.includes("merge")) return [];
    const replacing = expects.mergeStrategies.filter(isReplacing);
    return [
      ...replacing.flatMap((strategy) =>
        [...writingChecks(strategy), ...keyChecks(strategy), ...keepChecks(strategy), ...leftoverChecks(strategy)].map(
          (check) => ({
            ...check,
            name: `${strategy}: ${check.name}`,
          }),
        ),
      ),
      ...(expects.mergeStrategies.includes("insert-only") ? insertOnlyChecks : []),
    ];
  },
};

/** Both leave the same rows behind; they differ in how they get there. */
function isReplacing(strategy: MergeStrategy): strategy is "delete-insert" | "upsert" {
  return strategy === "delete-insert" || strategy === "upsert";
}
