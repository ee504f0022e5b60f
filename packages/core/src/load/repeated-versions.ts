import type { CommitResult, TableChain } from "../destination/load-commit.ts";

/**
 * Remarks on scd2 resources in which one version came several times: it is stored once. Told from the counts of the commit, since whoever
 * reads would have to remember every record.
 */
export function repeatedVersions({
  outcome,
  tables,
  chains,
}: {
  readonly outcome: string;
  readonly tables: CommitResult["tables"];
  readonly chains: readonly TableChain[];
}): { readonly resource: string; readonly message: string }[] {
  if (outcome !== "committed") return [];
  return chains.flatMap(({ resource, scd2, tables: [root] }) => {
    const counts = root === undefined ? undefined : tables[root.table.name];
    if (scd2 === undefined || root === undefined || counts === undefined) return [];
    const staged = root.versions.reduce((sum, { rows }) => sum + rows, 0);
    const repeated = staged - counts.inserted - counts.unchanged;
    if (repeated <= 0) return [];
    const message = `${repeated} of ${staged} records were equal to another one of this load (in ${scd2.rowVersion}): each version is stored once`;
    return [{ resource, message }];
  });
}
