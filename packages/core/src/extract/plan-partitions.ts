import { untilAborted } from "../async/until-aborted.ts";
import { RunAbortedError } from "../errors.ts";
import type { Partition } from "../source/partition.ts";
import type { PlanContext, PlanSummary, Resource } from "../source/resource.ts";
import { ResourceReadError, YieldedValueError } from "./extract-errors.ts";
import { copyJson } from "./copy-json.ts";
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

/** A copy: a plan may yield one object again and again, changed; and it is stored as JSON, so `read` gets what JSON keeps of it. */
function checked(value: unknown): Partition {
  if (typeof value === "object" && value !== null && "id" in value && "kind" in value) {
    const { id, kind, fingerprint, data }: { id: unknown; kind: unknown; fingerprint?: unknown; data?: unknown } =
      value;
    if (typeof id === "string" && id !== "" && id.length <= longestId && typeof kind === "string") {
      if (fingerprint !== undefined && typeof fingerprint !== "string") {
        throw new YieldedValueError(
          `the fingerprint of partition "${id}" is a ${typeof fingerprint}: write it as text, for example with String()`,
        );
      }
      const problem = (what: string, path: string) =>
        new YieldedValueError(
          `the data of partition "${id}" holds ${what}${path === "" ? "" : ` at ${path}`}, which JSON does not keep: partitions are stored ` +
            "as JSON, write it as text or number",
        );
      return {
        id,
        kind,
        ...(fingerprint === undefined ? {} : { fingerprint }),
        ...(data === undefined ? {} : { data: copyJson(data, problem) }),
      };
    }
  }
  throw new YieldedValueError(
    `it planned ${jsonOf(value).slice(0, 200)}: a partition needs an id (text of 1 to ${longestId} characters) and a kind`,
  );
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value); // a cycle, or a bigint
  }
}
