import { setImmediate as turn } from "node:timers/promises";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type InOrderBounds, readInOrder } from "../../src/async/read-in-order.ts";

const wide: InOrderBounds = { concurrency: 4, tasks: 16, bytes: 1000 };
const never = new AbortController().signal;

async function* numbers(count: number): AsyncGenerator<number> {
  for (let task = 0; task < count; task++) yield task;
}

describe("readInOrder", () => {
  it("hands over in plan order whatever order the work ends in", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat(3), { maxLength: 4 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 40 }),
        async (plan, concurrency, bytes) => {
          let active = 0;
          let most = 0;
          const bounds = { concurrency, tasks: concurrency * 2, bytes };
          const taken: string[] = [];
          const stream = readInOrder<number, string, string>(
            numbers(plan.length),
            async (task, push) => {
              most = Math.max(most, ++active);
              for (const [index, turns] of (plan[task] ?? []).entries()) {
                for (let left = turns; left > 0; left--) await turn();
                await push(`${task}.${index}`, 10);
              }
              active--;
              return `end ${task}`;
            },
            bounds,
            never,
          );
          for await (const event of stream) taken.push(event.type === "item" ? event.item : event.result);
          expect(taken).toEqual(
            plan.flatMap((items, task) => [...items.map((_turns, index) => `${task}.${index}`), `end ${task}`]),
          );
          expect(most).toBeLessThanOrEqual(concurrency);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("holds the work back while nobody takes: bytes and tasks stay within bounds", async () => {
    let pushed = 0;
    let begun = 0;
    const stream = readInOrder(
      numbers(1000),
      async (_task, push) => {
        begun++;
        for (let index = 0; index < 50; index++) {
          await push(index, 100);
          pushed++;
        }
      },
      { concurrency: 3, tasks: 6, bytes: 1000 },
      never,
    );
    await stream.next();
    for (let index = 0; index < 200; index++) await turn();
    // 1,000 bytes of later tasks, as many of the first one, and one item each that was let through when there was room.
    expect(pushed).toBeLessThanOrEqual(24);
    expect(begun).toBe(3);
    let taken = 1;
    for await (const event of stream) if (event.type === "item") taken++;
    expect(taken).toBe(50_000);
  });

  it("does not run ahead of a slow first task without end", async () => {
    let begun = 0;
    let release: (() => void) | undefined;
    const stream = readInOrder(
      numbers(1000),
      async (task) => {
        begun++;
        if (task === 0) await new Promise<void>((resolve) => (release = resolve));
      },
      { concurrency: 2, tasks: 10, bytes: 1000 },
      never,
    );
    const first = stream.next();
    for (let index = 0; index < 100; index++) await turn();
    expect(begun).toBe(10);
    release?.();
    expect(await first).toEqual({ done: false, value: { type: "end", task: 0, result: undefined } });
    await stream.return();
  });

  it("throws a failure when its turn comes, and aborts what stands behind it", async () => {
    const aborted: number[] = [];
    const taken: number[] = [];
    const stream = readInOrder<number, number, unknown>(
      numbers(10),
      async (task, push, signal) => {
        if (task === 2) {
          await turn();
          throw new Error("broken");
        }
        if (task === 3) {
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
          aborted.push(task);
          signal.throwIfAborted();
        }
        for (let index = 0; index < 20; index++) await turn();
        await push(task, 1);
      },
      wide,
      never,
    );
    const all = (async () => {
      for await (const event of stream) if (event.type === "item") taken.push(event.item);
    })();
    await expect(all).rejects.toThrow("broken");
    expect(taken).toEqual([0, 1]);
    expect(aborted).toEqual([3]);
  });

  it("tells a failing plan apart from its end, after what was planned", async () => {
    async function* plan(): AsyncGenerator<number> {
      yield 0;
      await turn();
      throw new Error("no plan");
    }
    const taken: string[] = [];
    const all = (async () => {
      for await (const event of readInOrder(plan(), async (_task, push) => push("page", 1), wide, never)) {
        taken.push(event.type);
      }
    })();
    await expect(all).rejects.toThrow("no plan");
    expect(taken).toEqual(["item", "end"]);
  });

  it("stops at once when it is aborted", async () => {
    const controller = new AbortController();
    const stopped: number[] = [];
    const stream = readInOrder(
      numbers(10),
      async (task, _push, signal) => {
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        stopped.push(task);
      },
      wide,
      controller.signal,
    );
    const next = stream.next();
    await turn();
    controller.abort(new Error("enough"));
    await expect(next).rejects.toThrow("enough");
    await turn();
    expect(stopped).toEqual([0, 1, 2, 3]);
  });
});
