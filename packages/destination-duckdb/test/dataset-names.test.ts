import { duckdb } from "@typeload/destination-duckdb";
import { describe, expect, it } from "vitest";
import { contact, contactTables, load, signal, temporaryFile } from "./trial.ts";

describe("a dataset", () => {
  it.each(["temp", "memory", "system", "information_schema", "pg_catalog", "Temp"])(
    "called %s is refused, to write and to read, in a file and in memory",
    async (dataset) => {
      for (const path of [temporaryFile(), ":memory:"]) {
        for (const purpose of ["load", "read"] as const) {
          const refused: unknown = await duckdb({ path })
            .open({ dataset, purpose, signal })
            .catch((error: unknown) => error);
          expect(refused).toMatchObject({ code: "reserved_dataset", retryable: false });
          expect(String(refused)).toContain(`"${dataset}"`);
        }
      }
    },
  );

  it.each<[dataset: string, file: string]>([
    ["main", "test.duckdb"],
    ["test", "other.duckdb"],
    ["default", "main.duckdb"],
    ["select", "temp.duckdb"],
    ["temp_data", "memory.duckdb"],
  ])("called %s is loaded into %s", async (dataset, file) => {
    const destination = duckdb({ path: temporaryFile(file) });
    for (const loadId of ["1.1", "1.2"]) {
      await using session = await destination.open({ dataset, purpose: "load", signal });
      await load(session, { loadId, staged: contactTables([contact(loadId, 1, "a", ["x"])]) });
    }
    await using session = await destination.open({ dataset, purpose: "read", signal });
    expect(await session.query(`SELECT count(*) AS n FROM "${dataset}".contacts__tags`)).toEqual([{ n: 2 }]);
  });
});
