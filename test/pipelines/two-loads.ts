import { createPipeline, defineResource, defineSource } from "@typeload/core";
import type { Destination, QueryRow } from "@typeload/core";

/** What {@link twoLoads} loads, and where. */
export interface TwoLoads {
  readonly destination: Destination;
  readonly workingDirectory: string;
  readonly first: readonly unknown[];
  /** What the user does to the table between the two loads. */
  between?(): Promise<unknown>;
  readonly second: readonly unknown[];
}

/** Loads amounts into `shop.orders` twice; gives the kinds of schema changes of the second load, and the rows without columns of ours. */
export async function twoLoads(loads: TwoLoads): Promise<{ changes: readonly string[]; rows: readonly QueryRow[] }> {
  const { destination, workingDirectory } = loads;
  const pipeline = createPipeline({ name: "p", destination, dataset: "shop", workingDirectory });
  const load = (amounts: readonly unknown[]) => {
    const orders = defineResource({ name: "orders", read: () => [amounts.map((amount) => ({ amount }))] });
    return pipeline.run(defineSource({ name: "shop", resources: [orders] }));
  };
  await load(loads.first);
  await loads.between?.();
  const report = await load(loads.second);
  const rows = await pipeline.query("SELECT * FROM shop.orders ORDER BY amount NULLS LAST");
  return {
    changes: report.schemaChanges.map(({ kind }) => kind),
    rows: rows.map(({ _dlt_id, _dlt_load_id, ...row }) => row),
  };
}
