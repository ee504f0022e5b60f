import type { Destination } from "../../src/destination/destination.ts";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { rowsOf } from "./contents.ts";
import { simulatedClock } from "./shop-source.ts";

/** Three slices of an append, by default one row each; leaves out what is committed. */
export function slices(read: (id: string) => readonly object[] = (id) => [{ id }]) {
  const rows = defineResource({
    name: "rows",
    *partitions({ committed }) {
      const done = committed();
      for (const id of ["a", "b", "c"]) {
        if (!done.some(({ partition }) => partition.id === id)) yield { id, kind: "window" };
      }
      return { skipped: done };
    },
    read: ({ partition }) => read(partition.id),
  });
  return defineSource({ name: "slices", resources: [rows] });
}

/** A pipeline into dataset `d`. */
export function pipelineOn(destination: Destination, workingDirectory: string, packages = {}) {
  return createPipeline({ name: "p", destination, dataset: "d", workingDirectory, clock: simulatedClock(), packages });
}

/** What is in the table that {@link slices} fills. */
export async function ids(destination: Destination): Promise<unknown[]> {
  return (await rowsOf(destination, "d", "rows")).map(({ id }) => id);
}
