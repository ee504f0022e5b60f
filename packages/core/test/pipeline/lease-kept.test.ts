import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { DestinationError, LeaseLostError } from "../../src/destination/destination-error.ts";
import type { Destination } from "../../src/destination/destination.ts";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { fakeClock } from "../../src/testing/fake-clock.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "./contents.ts";
import { rejectionOf } from "./rejection.ts";
import { temporaryFolders } from "./temporary-folder.ts";
import { watchedDestination } from "./watched.ts";

const newFolder = temporaryFolders();
const minute = 60_000;

/** Lets time pass a minute at a time, and everybody do what is due. */
async function pass(clock: ReturnType<typeof fakeClock>, minutes: number): Promise<void> {
  for (let passed = 0; passed < minutes; passed++) {
    clock.advance(minute);
    for (let turns = 0; turns < 20; turns++) await turn();
  }
}

function source(read: (signal: AbortSignal) => AsyncIterable<object>) {
  const rows = defineResource({ name: "rows", read: ({ signal }) => read(signal) });
  return defineSource({ name: "s", resources: [rows] });
}

/** Refuses a second session while one is open, as a file of one owner does. */
function oneSession(destination: Destination): Destination {
  let open = 0;
  return {
    ...destination,
    async open(context) {
      if (open > 0) throw new DestinationError("another session has it", { code: "file_in_use" });
      open++;
      const session = await destination.open(context);
      const dispose = session[Symbol.asyncDispose].bind(session);
      session[Symbol.asyncDispose] = async () => {
        await turn();
        await dispose();
        open--;
      };
      return session;
    },
  };
}

function world() {
  const clock = fakeClock();
  const destination = memoryDestination({ clock });
  const on = (target: Destination) =>
    createPipeline({ name: "p", destination: target, dataset: "d", workingDirectory: newFolder(), clock });
  const quick = source(async function* () {
    yield { id: "quick" };
  });
  return { clock, destination, on, intrude: (options = {}) => on(destination).run(quick, options) };
}

describe("the lease of a run", () => {
  it("lasts while the source is read, however long that takes without a commit", async () => {
    const { clock, destination, on, intrude } = world();
    const calls: string[] = [];
    const watched = watchedDestination(oneSession(destination), { before: (method) => void calls.push(method) });
    const report = await on(watched).run(
      source(async function* () {
        yield { id: 1 };
        await pass(clock, 60);
        expect((await rejectionOf(intrude())).code).toBe("lease_held");
      }),
    );
    expect(report.resources.rows.outcome).toBe("committed");
    expect(await rowsOf(destination, "d", "rows")).toMatchObject([{ id: 1 }]);
    // A third of a quarter of an hour.
    expect(calls.filter((method) => method === "renew")).toHaveLength(12);
  });

  it("lasts while a package is staged, in the session that stages", async () => {
    const { clock, destination, on, intrude } = world();
    const refusals: string[] = [];
    const watched = watchedDestination(oneSession(destination), {
      async before(method) {
        if (method !== "stage") return;
        await pass(clock, 6);
        refusals.push((await rejectionOf(intrude())).code);
      },
    });
    await on(watched).run(
      source(async function* () {
        yield { id: 1, a: [1], b: [1], c: [1], d: [1] };
      }),
    );
    expect(refusals).toEqual(Array.from({ length: 5 }, () => "lease_held"));
    expect(await rowsOf(destination, "d", "rows__d")).toHaveLength(1);
  });

  it("is tried again to renew when the destination cannot be reached for a while", async () => {
    const { clock, destination, on, intrude } = world();
    let down = true;
    const watched = watchedDestination(destination, {
      before(method) {
        if (method === "renew" && down) throw new DestinationError("no connection", { code: "connection" });
      },
    });
    await on(watched).run(
      source(async function* () {
        yield { id: 1 };
        await pass(clock, 12);
        down = false;
        await pass(clock, 10);
        expect((await rejectionOf(intrude())).code).toBe("lease_held");
      }),
    );
    expect(await rowsOf(destination, "d", "rows")).toHaveLength(1);
  });

  it("that was taken over ends the run, though its source never answers", async () => {
    const { clock, destination, on, intrude } = world();
    const error = await rejectionOf(
      on(destination).run(
        source(async function* () {
          yield { id: 1 };
          await intrude({ takeOver: true });
          void pass(clock, 10);
          await new Promise(() => {});
        }),
      ),
    );
    expect(error.code).toBe("lease_lost");
    expect(error.cause).toBeInstanceOf(LeaseLostError);
    expect(await rowsOf(destination, "d", "rows")).toMatchObject([{ id: "quick" }]);
    expect(await rowsOf(destination, "d", "_typeload_lease")).toEqual([]);
  });
});

describe("Ctrl-C while the destination hangs", () => {
  it("in open: ends the run at once, and closes the session that comes too late", async () => {
    const { destination, on } = world();
    const controller = new AbortController();
    const { promise: late, resolve: open } = Promise.withResolvers<void>();
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    const hanging: Destination = {
      ...destination,
      async open(context) {
        controller.abort();
        await late;
        const session = await destination.open({ ...context, signal: new AbortController().signal });
        session[Symbol.asyncDispose] = async () => close();
        return session;
      },
    };
    const never = source(async function* () {});
    const error = await rejectionOf(on(hanging).run(never, { signal: controller.signal }));
    expect(error.code).toBe("aborted");
    open();
    await closed;
  });

  it.each(["claim", "read", "release"])("in %s: ends the run when the grace is over", async (hangs) => {
    const { clock, destination, on } = world();
    const controller = new AbortController();
    const hanging = watchedDestination(destination, {
      async before(method) {
        if (method !== hangs) return;
        controller.abort();
        void pass(clock, 1);
        await new Promise(() => {});
      },
    });
    const run = on(hanging).run(
      source(async function* () {
        yield { id: 1 };
      }),
      { signal: controller.signal },
    );
    // Giving back comes last: what was asked for is there by then.
    if (hangs === "release") expect((await run).resources.rows.outcome).toBe("committed");
    else expect((await rejectionOf(run)).code).toBe("aborted");
  });
});
