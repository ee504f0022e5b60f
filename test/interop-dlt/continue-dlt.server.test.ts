import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { duckdb } from "@typeload/destination-duckdb";
import { postgres } from "@typeload/destination-postgres";
import { startPostgresServer } from "../../packages/destination-postgres/test/postgres-server.ts";
import { plainDuckdb } from "../pipelines/plain-duckdb.ts";
import { plainPostgres } from "../pipelines/plain-postgres.ts";
import { dltAndBack } from "./dlt-and-back.ts";
import { dltPython, startDlt } from "./dlt-process.ts";

const python = await dltPython();
if (python === undefined)
  console.log(
    "skipped: a dataset of dlt's is continued; there is no Python 3.10 with venv, or pip could not install dlt",
  );

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "typeload-interop-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.skipIf(python === undefined)(
  "a dataset that dlt begins, typeload continues, and dlt continues",
  { timeout: 120_000 },
  () => {
    it("in one DuckDB file", async () => {
      await using dlt = startDlt(python ?? "");
      const path = join(folder, "shop.duckdb");
      await dltAndBack({
        dlt,
        to: { destination: "duckdb", credentials: path },
        destination: duckdb({ path }),
        plain: plainDuckdb(path),
        workingDirectory: join(folder, "work"),
      });
    });

    it("in one Postgres database", async () => {
      await using server = await startPostgresServer();
      await using dlt = startDlt(python ?? "");
      const url = await server.createDatabase();
      await dltAndBack({
        dlt,
        to: { destination: "postgres", credentials: url },
        destination: postgres(url),
        plain: plainPostgres(url),
        workingDirectory: join(folder, "work"),
      });
    });

    it("and a load of dlt's that fails says so", async () => {
      await using dlt = startDlt(python ?? "");
      const request = { destination: "duckdb", credentials: join(folder, "nowhere", "x.duckdb") } as const;
      const names = { pipeline: "p", dataset: "d", source: "s", resource: "r", records: '[{"id":1}]' };
      await expect(dlt.load({ ...request, ...names })).rejects.toThrow("dlt: ");
    });
  },
);
