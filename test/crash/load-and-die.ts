import { createPipeline, systemClock } from "@typeload/core";
import type { Clock, Destination, DestinationSession } from "@typeload/core";
import { duckdb } from "@typeload/destination-duckdb";
import { postgres } from "@typeload/destination-postgres";
import { cliengoSource } from "@typeload/source-cliengo";
import type { CliengoResourceName } from "@typeload/source-cliengo";

/** When the process ends, by SIGKILL: at the nth event of a type, or so many milliseconds into the nth commit; "answered": when it returns. */
export type Death =
  | { readonly event: string; readonly nth: number }
  | { readonly commit: number; readonly after: number | "answered" };

/** What the process is told, as JSON, in its one argument. */
export interface DeadlyLoad {
  readonly apiKey: string;
  readonly url: string;
  readonly database: { readonly postgres: string } | { readonly duckdb: string };
  readonly dataset: string;
  readonly workingDirectory: string;
  readonly resources: readonly CliengoResourceName[];
  /** The time of the pipeline's clock, in milliseconds since 1970. */
  readonly now: number;
  readonly death: Death;
}

// Written by the test that starts this process.
const told = JSON.parse(process.argv[2] ?? "") as DeadlyLoad;
const { death, database } = told;
let count = 0;

function die(): void {
  process.kill(process.pid, "SIGKILL");
}

/** The destination, but for a commit that does not live to see its end. */
function deadly(destination: Destination): Destination {
  return {
    ...destination,
    async open(context) {
      const session = await destination.open(context);
      const commit: DestinationSession["commit"] = async (load, signal) => {
        if (!("commit" in death) || ++count !== death.commit) return await session.commit(load, signal);
        if (death.after !== "answered") setTimeout(die, death.after);
        const result = await session.commit(load, signal);
        if (death.after === "answered") die();
        return result;
      };
      return new Proxy(session, {
        get(target, key) {
          if (key === "commit") return commit;
          const member: unknown = Reflect.get(target, key, target);
          return typeof member === "function" ? member.bind(target) : member;
        },
      });
    },
  };
}

const started = systemClock.now();
const clock: Clock = { ...systemClock, now: () => told.now + systemClock.now() - started };
const pipeline = createPipeline({
  name: "cliengo",
  destination: deadly("postgres" in database ? postgres(database.postgres) : duckdb({ path: database.duckdb })),
  dataset: told.dataset,
  workingDirectory: told.workingDirectory,
  packages: { maxPartitions: 40, maxBytes: 100_000 },
  clock,
});
const source = cliengoSource({ apiKey: told.apiKey, baseUrl: told.url, rateLimit: false, resources: told.resources });
await pipeline.run(source, {
  onEvent: ({ type }) => {
    if ("event" in death && type === death.event && ++count === death.nth) die();
  },
});
