import { it } from "vitest";
import { loadAndCompare } from "./cliengo-contents.ts";

it("loads Cliengo into DuckDB cell by cell, and the second time nothing", { timeout: 120_000 }, async () => {
  await loadAndCompare();
});
