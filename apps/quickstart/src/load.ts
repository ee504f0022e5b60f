import type { CliengoOptions } from "@typeload/cliengo-sdk";
import { createPipeline, type Destination, type RunOptions } from "@typeload/core";
import { duckdb } from "@typeload/destination-duckdb";
import { cliengoSource } from "@typeload/source-cliengo";

export interface LoadOptions extends Pick<RunOptions, "signal" | "onEvent" | "takeOver"> {
  cliengo?: CliengoOptions | undefined; // default: the API key is CLIENGO_API_KEY
  destination?: Destination | undefined;
  fresh?: boolean | undefined; // drop what is loaded, and begin anew
}

/** Loads a Cliengo account into tables, then asks them a question. */
export async function load({ cliengo, fresh, destination = duckdb({ path: "cliengo.duckdb" }), ...run }: LoadOptions) {
  const pipeline = createPipeline({ name: "cliengo", destination, dataset: "cliengo_data" });
  const source = cliengoSource({ ...cliengo });
  if (fresh === true) await source.identity?.({ signal: run.signal ?? AbortSignal.timeout(60_000) }); // is the key good?
  if (fresh === true) await pipeline.drop(run);
  const report = await pipeline.run(source, run);
  const statuses = await pipeline.query(
    "SELECT status, count(*) AS contacts FROM cliengo_data.contacts GROUP BY status",
  );
  return { report, statuses };
}
