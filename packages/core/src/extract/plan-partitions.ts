import { untilAborted } from "../async/until-aborted.ts";
import { RunAbortedError } from "../errors.ts";
import type { Partition } from "../source/partition.ts";
import type { PlanContext, PlanSummary, Resource } from "../source/resource.ts";
import { ResourceReadError, YieldedValueError } from "./extract-errors.ts";
import { iterate } from "./read-partition.ts";

const whole: Partition = { id: "whole", kind: "whole" };
const longestId = 500;

/**
 * The partitions a resource wants to be read, each id once: an id means one slice, so a second partition of that id (a parent that came
 * on two pages) is the same one.
 *
 * @throws ResourceReadError when planning failed.
 */
export async function* planPartitions(
  resource: Resource,
  context: PlanContext,
  ended: (summary: PlanSummary) => void,
): AsyncGenerator<Partition, void, undefined> {
  if (resource.partitions === undefined) {
    yield whole;
    return;
  }
  const seen = new Set<string>();
  const { signal } = context;
  try {
    const planning = iterate(resource.partitions(context));
    try {
      for (;;) {
        const next = await untilAborted(planning.next(), signal);
        if (next.done === true) {
          if (typeof next.value === "object" && next.value !== null) ended(next.value);
          return;
        }
        const partition = checked(next.value);
        if (seen.has(partition.id)) continue;
        seen.add(partition.id);
        yield partition;
      }
    } finally {
      void Promise.resolve(planning.return?.()).catch(() => {});
    }
  } catch (error) {
    if (signal.aborted) throw new RunAbortedError("the planning was ended", { cause: error });
    throw new ResourceReadError(resource.name, undefined, error);
  }
}

function checked(value: unknown): Partition {
  if (typeof value === "object" && value !== null && "id" in value && "kind" in value) {
    const { id, kind } = value;
    if (typeof id === "string" && id !== "" && id.length <= longestId && typeof kind === "string") {
      // What decides was looked at; `data` only goes back to the resource itself.
      return value as Partition;
    }
  }
  throw new YieldedValueError(
    `it planned ${JSON.stringify(value)?.slice(0, 200)}: a partition needs an id (text of 1 to ${longestId} characters) and a kind`,
  );
}
