import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

it("shows load.ts in the README word for word, in 25 lines at most", async () => {
  const load = await readFile(new URL("../src/load.ts", import.meta.url), "utf8");
  const readme = await readFile(new URL("../../../README.md", import.meta.url), "utf8");
  expect(readme).toContain(`\`\`\`ts\n${load}\`\`\``);
  expect(load.trimEnd().split("\n").length).toBeLessThanOrEqual(25);
});
