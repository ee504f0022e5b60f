import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPipeline, defineResource, defineSource, isTypeloadError } from "@typeload/core";
import type { Destination, PipelineRunError } from "@typeload/core";
import { postgres } from "@typeload/destination-postgres";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgresServer, type PostgresServer } from "./postgres-server.ts";
import { withHooks } from "./session-hooks.ts";
import type { SessionHooks } from "./session-hooks.ts";

let server: PostgresServer;
let folder: string;
beforeAll(async () => {
  server = await startPostgresServer();
  folder = await mkdtemp(join(tmpdir(), "typeload-postgres-trouble-"));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

interface Item {
  id: number;
  tags: string[];
}

const rows = (count: number): Item[] => Array.from({ length: count }, (_, id) => ({ id, tags: [`t${id}`] }));

function source(pages: readonly (() => Item[] | Promise<Item[]>)[]) {
  const items = defineResource({
    name: "items",
    primaryKey: "id",
    writeDisposition: "merge",
    async *read() {
      for (const page of pages) yield await page();
    },
  });
  return defineSource({ name: "shop", resources: [items] });
}

function pipelineTo(to: string | Destination, name: string) {
  const destination = typeof to === "string" ? postgres(to) : to;
  return createPipeline({ name, destination, dataset: "shop", workingDirectory: join(folder, name) });
}

/** Loads items, then others of which some are the same, some changed and some new; `hooks` are those of the second load. */
async function loadTwice(name: string, hooks: SessionHooks) {
  const url = await server.createDatabase();
  const pipeline = pipelineTo(url, name);
  await pipeline.run(source([() => rows(300)]));
  const later = rows(400).map(({ id, tags }) => ({ id, tags: id % 3 === 0 ? [...tags, "more"] : tags }));
  const report = await pipelineTo(withHooks(postgres(url), hooks), name).run(source([() => later]));
  const contents = await pipeline.query(
    "SELECT i.id, t._dlt_list_idx, t.value FROM shop.items i FULL JOIN shop.items__tags t ON i._dlt_id = t._dlt_parent_id ORDER BY 1, 2",
  );
  const loads = await pipeline.query("SELECT status, count(*) AS loads FROM shop._dlt_loads GROUP BY status");
  return { contents, loads, rows: report.resources.items.rows, childRows: report.resources.items.childRows };
}

/** The error a run rejects with, and the texts of all its causes. */
async function failureOf(run: Promise<unknown>): Promise<{ error: PipelineRunError; codes: string[]; text: string }> {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isTypeloadError(error)) throw new Error("it did not fail with an error of ours", { cause: error });
  const codes: string[] = [];
  const texts: string[] = [];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    texts.push(cause.message);
    if (isTypeloadError(cause)) codes.push(cause.code);
  }
  return { error: error as PipelineRunError, codes, text: texts.join("\n") };
}

describe("a server in trouble", () => {
  it("says where nobody listens", async () => {
    const { codes, text } = await failureOf(
      pipelineTo("postgres://a:hunter2@127.0.0.1:1/x", "down").run(source([() => rows(1)])),
    );
    expect(codes).toContain("unreachable");
    expect(text).toContain("127.0.0.1:1/x");
    expect(text).not.toContain("hunter2");
  });

  it("says that the password is wrong, without repeating it", async () => {
    const url = server.url().replace(encodeURIComponent(server.password), "wrong-secret");
    const { codes, text } = await failureOf(pipelineTo(url, "password").run(source([() => rows(1)])));
    expect(codes).toContain("authentication");
    expect(text).not.toContain("wrong-secret");
  });

  it("says that the database is missing", async () => {
    const { codes, text } = await failureOf(pipelineTo(server.url("nowhere"), "database").run(source([() => rows(1)])));
    expect(codes).toContain("missing_database");
    expect(text).toContain("nowhere");
  });

  it(
    "is restarted in the middle of a load: nothing half is seen, and the load or the next one completes it",
    { timeout: 60_000 },
    async () => {
      const url = await server.createDatabase();
      let restarted = false;
      const pipeline = pipelineTo(url, "restart");
      const crashing = source([
        () => rows(2000),
        async () => {
          await server.stop("immediate");
          restarted = true;
          setTimeout(() => void server.start(), 500);
          return rows(2500).slice(2000);
        },
      ]);
      await pipeline.run(crashing).catch(() => pipeline.run(source([() => rows(2500)])));
      expect(restarted).toBe(true);
      const [count] = await pipeline.query(
        "SELECT count(*) AS items, count(DISTINCT id) AS ids, max(id) AS last FROM shop.items",
      );
      expect(count).toEqual({ items: 2500, ids: 2500, last: 2499 });
      const tags = await pipeline.query(
        "SELECT count(*) AS tags FROM shop.items__tags t JOIN shop.items i ON i._dlt_id = t._dlt_parent_id WHERE t.value = 't' || i.id",
      );
      expect(tags).toEqual([{ tags: 2500 }]);
    },
  );

  it.each(["stage", "commit"] as const)(
    "crashes when a part is staged, before the next %s: contents and counts are those of a load without a crash",
    { timeout: 60_000 },
    async (moment) => {
      const asked = { stage: 0, commit: 0 };
      // Staging tables are UNLOGGED: a crash empties them.
      const crash = async (call: keyof typeof asked, nth: number): Promise<void> => {
        asked[call] += 1;
        if (call !== moment || asked[call] !== nth) return;
        await server.stop("immediate");
        await server.start();
      };
      const crashed = await loadTwice(`crash-${moment}`, {
        beforeStage: () => crash("stage", 2),
        beforeCommit: () => crash("commit", 1),
      });
      expect(asked).toEqual({ stage: 4, commit: moment === "commit" ? 2 : 1 });
      const undisturbed = await loadTwice(`calm-${moment}`, {});
      expect(undisturbed.contents).toHaveLength(400 + 134);
      expect(crashed).toEqual(undisturbed);
    },
  );

  it("says in the report what it could not store as it came, and in how many values", async () => {
    const url = await server.createDatabase();
    const letters = defineResource({
      name: "letters",
      fieldHints: [{ path: ["free"], dataType: "json" }],
      read: () => [
        [
          { text: "a\0b", free: { deep: "\0" }, marks: ["\0", "x", "\0\0"] },
          { text: "fine", free: { deep: "fine" }, marks: [] },
        ],
      ],
    });
    const events: unknown[] = [];
    const report = await pipelineTo(url, "nul").run(defineSource({ name: "post", resources: [letters] }), {
      onEvent: (event) => void (event.type === "values-altered" && events.push(event)),
    });
    const how = "NUL, or half of a surrogate pair, became U+FFFD, since Postgres stores neither";
    expect(report.resources.letters.notes.toSorted()).toEqual([
      `letters.free: in 1 values ${how}`,
      `letters.text: in 1 values ${how}`,
      `letters__marks.value: in 2 values ${how}`,
    ]);
    expect(events).toHaveLength(3);
    const rows = await pipelineTo(url, "nul").query("SELECT text, free::text AS free FROM shop.letters ORDER BY text");
    expect(rows).toEqual([
      { text: "a\uFFFDb", free: '{"deep": "\uFFFD"}' },
      { text: "fine", free: '{"deep": "fine"}' },
    ]);
  });
});
