import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { duckdb } from "@typeload/destination-duckdb";
import { onTestFinished } from "vitest";
import { plainDuckdb } from "../plain-duckdb.ts";
import { describeGoldenLoad } from "./golden-load.ts";

/** What comes out in another way for a reason outside of write dispositions: docs/dlt-differences.md. */
const otherwise = new Map([
  ["load/010", "a decimal with more digits than its column has is kept whole, in a variant column"],
  ["load/020", "a new column on a table with rows is nullable, whatever the hint says"],
]);

describeGoldenLoad(
  "load",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "typeload-golden-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, "golden.duckdb");
    return { destination: duckdb({ path }), plain: plainDuckdb(path) };
  },
  otherwise,
);
