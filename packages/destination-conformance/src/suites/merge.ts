import type { MergeStrategy } from "@typeload/core";
import type { Check, Suite } from "../check.ts";
import { dedupSortChecks } from "./merge-dedup-sort.ts";
import { groupChecks } from "./merge-groups.ts";
import { hardDeleteChecks } from "./merge-hard-delete.ts";
import { insertOnlyChecks } from "./merge-insert-only.ts";
import { leftoverChecks } from "./merge-leftovers.ts";
import { keepChecks } from "./merge-unchanged.ts";
import { keyChecks } from "./merge-keys.ts";
import { scd2Checks } from "./merge-scd2.ts";
import { writingChecks } from "./merge-writing.ts";

/** Rows of a key take the place of the stored row of that key, with their children. */
export const merge: Suite = {
  name: "merge",
  checks: (expects): readonly Check[] => {
    if (!expects.writeDispositions.includes("merge")) return [];
    const replacing = expects.mergeStrategies.filter(isReplacing);
    return [
      ...replacing.flatMap((strategy) =>
        [
          ...writingChecks(strategy),
          ...keyChecks(strategy),
          ...keepChecks(strategy),
          ...leftoverChecks(strategy),
          ...(expects.mergeHints.includes("merge-key") ? groupChecks(strategy) : []),
          ...(expects.mergeHints.includes("dedup-sort") ? dedupSortChecks(strategy) : []),
          ...(expects.mergeHints.includes("hard-delete") ? hardDeleteChecks(strategy) : []),
        ].map((check) => ({ ...check, name: `${strategy}: ${check.name}` })),
      ),
      ...(expects.mergeStrategies.includes("insert-only") ? insertOnlyChecks(expects) : []),
      ...(expects.mergeStrategies.includes("scd2") ? scd2Checks(expects) : []),
    ];
  },
};

/** Both leave the same rows behind; they differ in how they get there. */
function isReplacing(strategy: MergeStrategy): strategy is "delete-insert" | "upsert" {
  return strategy === "delete-insert" || strategy === "upsert";
}
