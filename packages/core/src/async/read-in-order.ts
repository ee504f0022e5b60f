import { Condition } from "./condition.ts";

/** Bounds of {@link readInOrder}. */
export interface InOrderBounds {
  /** How many tasks are worked on at the same time. */
  readonly concurrency: number;
  /** How many tasks may be begun and not handed over yet, those included that are done and wait for an earlier one. */
  readonly tasks: number;
  /** How many bytes of items may wait. The task whose turn it is may always go on, so nothing can lock up. */
  readonly bytes: number;
}

/** What {@link readInOrder} hands over: the items of the first task, its end, the items of the second one … */
export type InOrder<Task, Item, Result> =
  | { readonly type: "item"; readonly task: Task; readonly item: Item }
  | { readonly type: "end"; readonly task: Task; readonly result: Result };

/** Works on one task: hands its items to `push`, which waits while too much is waiting already. */
export type TaskWork<Task, Item, Result> = (
  task: Task,
  push: (item: Item, bytes: number) => Promise<void>,
  signal: AbortSignal,
) => Promise<Result>;

interface Lane<Task, Item, Result> {
  readonly task: Task;
  readonly items: { readonly item: Item; readonly bytes: number }[];
  bytes: number;
  outcome?: { readonly result: Result } | { readonly error: unknown } | undefined;
  readonly abort: AbortController;
}

/**
 * Works on several tasks at once and hands over what they give as if they had been worked on one after the other. Memory is bounded by
 * `bounds`; whoever takes slowly slows the work down.
 *
 * The first failure, in the order of the tasks, is thrown when its turn comes: what earlier tasks gave is handed over before, tasks
 * after it are aborted. Leaving the loop early aborts everything. When the signal is aborted, tasks that are done by then are still handed
 * over, as far as no unfinished one stands before them.
 */
export async function* readInOrder<Task, Item, Result>(
  tasks: AsyncIterator<Task>,
  work: TaskWork<Task, Item, Result>,
  bounds: InOrderBounds,
  signal: AbortSignal,
): AsyncGenerator<InOrder<Task, Item, Result>, void, undefined> {
  const changed = new Condition();
  const lanes: Lane<Task, Item, Result>[] = [];
  let waitingBytes = 0;
  let planning = true;
  let planError: { readonly error: unknown } | undefined;
  const over = new AbortController();
  const wake = () => changed.changed();
  signal.addEventListener("abort", wake);
  const planner = plan();
  planner.catch(() => {});
  try {
    for (;;) {
      const lane = lanes[0];
      if (signal.aborted && (lane?.outcome === undefined || "error" in lane.outcome)) throw signal.reason;
      if (lane === undefined) {
        if (planError !== undefined) throw planError.error;
        if (!planning) return;
        await changed.wait();
        continue;
      }
      const next = lane.items.shift();
      if (next !== undefined) {
        lane.bytes -= next.bytes;
        waitingBytes -= next.bytes;
        changed.changed();
        yield { type: "item", task: lane.task, item: next.item };
      } else if (lane.outcome === undefined) {
        await changed.wait();
      } else if ("error" in lane.outcome) {
        throw lane.outcome.error;
      } else {
        // The lane goes after its end was taken: until then the next one does not count as first.
        yield { type: "end", task: lane.task, result: lane.outcome.result };
        lanes.shift();
        changed.changed();
      }
    }
  } finally {
    over.abort();
    signal.removeEventListener("abort", wake);
    for (const lane of lanes) lane.abort.abort(signal.reason ?? new Error("the reading of an earlier partition ended"));
    changed.changed();
    void Promise.resolve(tasks.return?.()).catch(() => {});
  }

  async function plan(): Promise<void> {
    try {
      for (;;) {
        while (!over.signal.aborted && (lanes.length >= bounds.tasks || active() >= bounds.concurrency))
          await changed.wait();
        if (over.signal.aborted || failed()) return;
        const next = await tasks.next();
        if (over.signal.aborted || next.done === true || failed()) return;
        const lane: Lane<Task, Item, Result> = { task: next.value, items: [], bytes: 0, abort: new AbortController() };
        lanes.push(lane);
        void run(lane);
      }
    } catch (error) {
      planError = { error };
    } finally {
      planning = false;
      changed.changed();
    }
  }

  async function run(lane: Lane<Task, Item, Result>): Promise<void> {
    const laneSignal = AbortSignal.any([signal, lane.abort.signal]);
    try {
      const result = await work(lane.task, (item, bytes) => push(lane, item, bytes, laneSignal), laneSignal);
      lane.outcome = { result };
    } catch (error) {
      lane.outcome = { error };
      // Whatever comes after a failure is never handed over.
      for (const later of lanes.slice(lanes.indexOf(lane) + 1)) later.abort.abort(error);
    }
    changed.changed();
  }

  async function push(
    lane: Lane<Task, Item, Result>,
    item: Item,
    bytes: number,
    laneSignal: AbortSignal,
  ): Promise<void> {
    for (;;) {
      laneSignal.throwIfAborted();
      const first = lanes[0] === lane;
      if (first ? lane.items.length < 2 || lane.bytes < bounds.bytes : waitingBytes < bounds.bytes) break;
      await changed.wait();
    }
    lane.items.push({ item, bytes });
    lane.bytes += bytes;
    waitingBytes += bytes;
    changed.changed();
  }

  function active(): number {
    return lanes.filter(({ outcome }) => outcome === undefined).length;
  }

  function failed(): boolean {
    return lanes.some(({ outcome }) => outcome !== undefined && "error" in outcome);
  }
}
