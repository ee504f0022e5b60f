import { describe, expect, it } from "vitest";
import { createPipeline, defineResource, defineSource } from "../../src/index.ts";
import { fakeClock } from "../../src/testing/fake-clock.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "./contents.ts";
import { rejectionOf } from "./rejection.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const newFolder = temporaryFolders();

interface Visit {
  id: string;
  at: string;
}

/** The example of the README, with an API that answers from a list, or not. */
function visitsOf(answer: (since: string, until: string) => readonly Visit[]) {
  const visits = defineResource({
    name: "visits",
    primaryKey: "id",
    writeDisposition: "merge",
    *partitions({ committed, now }) {
      const ends = committed().map(({ partition }) => partition.id.split("..")[1] ?? "");
      const since = ends.toSorted().at(-1) ?? "2026-01-01T00:00:00.000Z";
      yield { id: `${since}..${now.toISOString()}`, kind: "window" };
    },
    async *read({ partition }) {
      const [since = "", until = ""] = partition.id.split("..");
      yield await Promise.resolve(answer(since, until));
    },
  });
  return defineSource({ name: "site", resources: [visits] });
}

describe("a cursor made of committed partitions", () => {
  it("reads only what is new, waits where a run failed, and loses and doubles nothing", async () => {
    const clock = fakeClock({ start: new Date("2026-03-01T00:00:00Z") });
    const destination = memoryDestination({ clock });
    const pipeline = createPipeline({ name: "p", destination, dataset: "d", workingDirectory: newFolder(), clock });
    const all: Visit[] = [];
    const asked: string[] = [];
    let down = false;
    const source = visitsOf((since, until) => {
      asked.push(`${since.slice(0, 10)}..${until.slice(0, 10)}`);
      if (down) throw new Error("GET /visits: 500");
      return all.filter(({ at }) => at >= since && at <= until);
    });
    const visit = (day: string) => all.push({ id: `v${all.length}`, at: `${day}T00:00:00.000Z` });
    const nextDay = () => clock.advance(86_400_000);

    visit("2026-02-01");
    visit("2026-03-01"); // on the border of the first two windows
    await pipeline.run(source);
    nextDay();
    visit("2026-03-02");
    down = true;
    const error = await rejectionOf(pipeline.run(source));
    expect(error.message).toContain("the next run reads it again");
    nextDay();
    down = false;
    const report = await pipeline.run(source);
    expect(report.resources.visits.recordsRead).toBe(2);
    expect(asked).toEqual(["2026-01-01..2026-03-01", "2026-03-01..2026-03-02", "2026-03-01..2026-03-03"]);
    expect((await rowsOf(destination, "d", "visits")).map(({ id }) => id).toSorted()).toEqual(["v0", "v1", "v2"]);
  });
});
