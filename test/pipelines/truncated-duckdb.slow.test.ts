import { it } from "vitest";
import { loadTruncated } from "./truncated-run.ts";

it("says of a list that is longer than Cliengo gives that DuckDB holds a part of it, and how much", async () => {
  await loadTruncated();
});
