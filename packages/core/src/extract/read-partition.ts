import { untilAborted } from "../async/until-aborted.ts";
import { RunAbortedError } from "../errors.ts";
import { declaredBySource, type Partition, type PartitionVerdict, type RowsVerdict } from "../source/partition.ts";
import type { Resource } from "../source/resource.ts";
import { ResourceReadError, YieldedValueError } from "./extract-errors.ts";
import { PageMaker, type PageToLog } from "./page-to-log.ts";
import { type ResourceCursor, wholeRange } from "./resource-cursor.ts";

/** What {@link readPartition} works with. */
export interface ReadPartitionOptions {
  readonly resource: Resource;
  readonly partition: Partition;
  /** Members that children want of each record. */
  readonly wanted: readonly string[];
  readonly now: Date;
  /** The cursor of the resource, where it has one. */
  readonly cursor: ResourceCursor | undefined;
  /** The partition's copy of the resource's state. */
  readonly state: Record<string, unknown>;
  note(message: string): void;
}

const words: ReadonlySet<unknown> = new Set<RowsVerdict>(["proved", "likely", "unproved", "truncated"]);

/**
 * Reads one partition to its end: checks each page, hands it over, and gives the verdict. Without one the source is taken at its word.
 *
 * @throws ResourceReadError with what the source threw, naming resource and partition.
 */
export async function readPartition(
  options: ReadPartitionOptions,
  push: (page: PageToLog) => Promise<void>,
  signal: AbortSignal,
): Promise<PartitionVerdict> {
  const { resource, partition, wanted, now, cursor, state, note } = options;
  const maker = new PageMaker(resource, wanted);
  let records = 0;
  /** Gives `true` when no later page can hold what is wanted. */
  const log = async (pages: Iterable<PageToLog>): Promise<boolean> => {
    for (const read of pages) {
      const { page, ended } = cursor?.filter(read) ?? { page: read, ended: false };
      if (page !== undefined) {
        records += page.records;
        await push(page);
      }
      if (ended) return true;
    }
    return false;
  };
  try {
    const range = cursor?.range ?? wholeRange;
    const reading = iterate(resource.read({ partition, cursor: range, state, note, now, signal }));
    let ended = false;
    try {
      for (;;) {
        const next = await untilAborted(reading.next(), signal);
        if (next.done === true) {
          ended = true;
          await log(maker.finish());
          return verdictOf(next.value, records);
        }
        if (await log(maker.add(next.value))) return verdictOf(undefined, records);
      }
    } finally {
      // Lets a generator close what it opened; one that hangs is not waited for.
      if (!ended) void Promise.resolve(reading.return?.()).catch(() => {});
    }
  } catch (error) {
    if (signal.aborted) throw new RunAbortedError("the reading was ended", { cause: error });
    throw new ResourceReadError(resource.name, partition.id, error);
  }
}

interface Reading {
  next(): Promise<IteratorResult<unknown, unknown>> | IteratorResult<unknown, unknown>;
  return?(): unknown;
}

/** The iterator of an (async) iterable; its own `return` value is kept, which `for await` would drop. */
export function iterate(iterable: unknown): Reading {
  if (typeof iterable === "object" && iterable !== null) {
    // By the language's own protocol.
    const { [Symbol.asyncIterator]: later, [Symbol.iterator]: now } = iterable as Partial<
      AsyncIterable<unknown> & Iterable<unknown>
    >;
    const made: unknown = later?.call(iterable) ?? now?.call(iterable);
    if (made !== undefined) return made as Reading; // what either method gives, by the language's protocol
  }
  throw new YieldedValueError(
    `it gave ${iterable === null ? "null" : typeof iterable}: give an (async) iterable, for example by async *read() { … }`,
  );
}

function verdictOf(returned: unknown, records: number): PartitionVerdict {
  if (returned === undefined) return { rows: "proved", read: records, note: declaredBySource };
  if (typeof returned !== "object" || returned === null || !("rows" in returned) || !words.has(returned.rows)) {
    throw new YieldedValueError(
      'it returned no verdict: return nothing, or { rows: "proved" | "likely" | "unproved" | "truncated", … }',
    );
  }
  // `rows` is one of the words, as was just looked at; the other members are looked at below.
  const { rows, expected, read, note } = returned as { readonly [M in keyof PartitionVerdict]: unknown } & {
    readonly rows: RowsVerdict;
  };
  if (note !== undefined && typeof note !== "string") {
    throw new YieldedValueError(`the note of its verdict is ${shown(note)}: it must be a text, or left out`);
  }
  return { rows, expected: count("expected", expected), read: count("read", read) ?? records, note };
}

/** Both are stored as whole numbers. */
function count(member: "expected" | "read", value: unknown): number | undefined {
  if (value === undefined || (typeof value === "number" && Number.isSafeInteger(value) && value >= 0)) return value;
  throw new YieldedValueError(
    `"${member}" of its verdict is ${shown(value)}: it must be a number of rows (whole, 0 or more), or left out`,
  );
}

function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : value === null ? "null" : `of type ${typeof value}`;
}
