import type { CliengoOptions } from "@typeload/cliengo-sdk";
import { createPipeline, type Destination, type RunEvent } from "@typeload/core";
import { duckdb } from "@typeload/destination-duckdb";
import { cliengoSource } from "@typeload/source-cliengo";

export interface LoadOptions {
  cliengo?: CliengoOptions | undefined; // default: the API key is CLIENGO_API_KEY
  destination?: Destination | undefined;
  signal?: AbortSignal | undefined;
  onEvent?: ((event: RunEvent) => void) | undefined;
}

/** Loads a Cliengo account into tables, then asks them a question. */
export async function load({ cliengo, destination, signal, onEvent }: LoadOptions) {
  const pipeline = createPipeline({
    name: "cliengo",
    destination: destination ?? duckdb({ path: "cliengo.duckdb" }),
    dataset: "cliengo_data",
  });
  const report = await pipeline.run(cliengoSource({ ...cliengo }), { signal, onEvent });
  const statuses = await pipeline.query(
    "SELECT status, count(*) AS contacts FROM cliengo_data.contacts GROUP BY status",
  );
  return { report, statuses };
}
