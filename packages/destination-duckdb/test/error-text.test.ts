import { inspect } from "node:util";
import { createPipeline, defineResource, defineSource } from "@typeload/core";
import { duckdb } from "@typeload/destination-duckdb";
import { describe, expect, it } from "vitest";
import { open, temporaryFile } from "./trial.ts";

const secret = 'secret\'to PARIS "x" @a';

describe("an error about a value", () => {
  it.each<[string, string, string]>([
    ["a unique index", "CREATE UNIQUE INDEX ux ON ds.items(email)", "duplicate_key"],
    [
      "a column of another type",
      "DROP TABLE ds.items; CREATE TABLE ds.items (id BIGINT, email UUID, _dlt_load_id VARCHAR, _dlt_id VARCHAR)",
      "value_does_not_fit",
    ],
  ])("names the column and leaves the value out: %s", async (_title, change, code) => {
    const path = temporaryFile();
    const run = (id: number) =>
      createPipeline({
        name: "p",
        destination: duckdb({ path }),
        dataset: "ds",
        workingDirectory: `${path}-${id}`,
      }).run(
        defineSource({
          name: "shop",
          resources: [
            defineResource({
              name: "items",
              primaryKey: "id",
              writeDisposition: "merge",
              async *read() {
                yield [{ id, email: secret }];
              },
            }),
          ],
        }),
      );
    await run(1);
    {
      await using session = await open(duckdb({ path }));
      for (const statement of change.split("; ")) await session.query(statement);
    }
    const refused: unknown = await run(2).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code });
    expect(String(refused)).toContain("column email");
    // With causes and stacks, as a console prints it.
    expect(inspect(refused, { depth: 10 })).not.toMatch(/secret|PARIS|@a/);
  });

  it.each<[string, string]>([
    ["SELECT '%s'::INTEGER", "Conversion Error, to INT32"],
    ["SELECT '%s'::TIMESTAMP", "Conversion Error"],
    ["SELECT CAST('%s' AS DATE)", "Conversion Error"],
    ["SELECT '%s'::UUID", "Conversion Error"],
    ["SELECT '%s'::JSON", ""],
    ["SELECT json_extract('%s', '$')", "Malformed JSON at byte 0"],
    ["SELECT strptime('%s', '%%Y')", ""],
    ["SELECT 47114711::TINYINT", "to INT8"],
    ["SELECT 47114711.5::DECIMAL(4,1)", "to DECIMAL(4,1)"],
    ["SELECT 4711471147114711471::BIGINT * 100", "Out of Range Error"],
    [
      "CREATE TABLE u (email VARCHAR PRIMARY KEY); INSERT INTO u VALUES ('%s'); INSERT INTO u VALUES ('%s')",
      "primary key constraint, column email",
    ],
    ["SELECT error('%s')", ""],
    ["SELECT '%s' nonsense here", ""],
  ])("of %s", async (statement, shown) => {
    await using session = await open(duckdb({ path: ":memory:" }));
    const refused: unknown = await session
      .query(statement.replaceAll("%s", secret.replaceAll("'", "''")))
      .catch((error: unknown) => error);
    expect(String(refused)).toContain(shown);
    expect(inspect(refused, { depth: 10 })).not.toMatch(/secret|PARIS|4711/);
  });
});
