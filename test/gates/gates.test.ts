import { describe, expect, it } from "vitest";
import { count, summary } from "../run-vitest.ts";
import { unexplainedCasts } from "./casts.ts";
import { brokenRules } from "./house.ts";
import { wrongImports } from "./imports.ts";
import { brokenPromises } from "./packages.ts";
import { diagnose, snippetsOf } from "./snippets.ts";

// The gates of our own, on what they have to find. Other tools' gates are their makers' to test.
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("house", () => {
  it.each([
    ["packages/core/src/utils/read-page.ts", "", "utils"],
    ["packages/core/src/load/helpers.ts", "", "helpers"],
    ["packages/core/src/load/types.ts", "", "types live beside"],
    ["packages/core/src/load/index.ts", "", "index.ts"],
    ["packages/core/src/readPage.ts", "", "kebab-case"],
    ["packages/core/src/read-page.ts", "\n".repeat(301), "301 lines"],
    ["setup/run.cjs", "\n".repeat(301), "301 lines"],
    ["docs/guide.md", ["see ", "home", "someone"].join("/"), "path of one machine"],
    ["docs/guide.md", ["see ", "Users", "Ana"].join("/"), "path of one machine"],
    ["docs/guide.md", ["see ", "tmp", "x"].join("/"), "path of one machine"],
    ["docs/guide.md", ["see C:", "Users", "Ana"].join("\\"), "path of one machine"],
  ])("refuses %s", (file, text, reason) => {
    expect(brokenRules(file, bytes(text))).toEqual([expect.stringContaining(reason)]);
  });

  it("accepts a file named after what it exports, of 300 lines, with the paths of an API", () => {
    expect(brokenRules("packages/core/src/read-page.ts", bytes(`get("/users/me");${"\n".repeat(300)}`))).toEqual([]);
    expect(brokenRules("packages/core/src/index.ts", bytes("export {};\n"))).toEqual([]);
  });
});

describe("packages", () => {
  const good = {
    license: "MIT",
    type: "module",
    sideEffects: false,
    engines: { node: ">=22.18" },
    publishConfig: { access: "public", provenance: true },
    peerDependencies: { "@typeload/core": "^0.1.0" },
  };

  it.each(["license", "type", "sideEffects", "engines", "publishConfig"])("misses %s", (member) => {
    expect(brokenPromises("a", good)).toEqual([]);
    expect(brokenPromises("a", { ...good, [member]: undefined })).toEqual([expect.stringContaining(member)]);
  });

  it("wants the core as a peer", () => {
    expect(brokenPromises("a", { ...good, dependencies: { "@typeload/core": "^0.1.0" } })).toEqual([
      expect.stringContaining("peer"),
    ]);
  });
});

describe("imports", () => {
  it.each([
    ["core/src/load/a.ts", 'import { x } from "../../../destination-duckdb/src/index.ts";', "leaves the package"],
    ["core/src/scan/a.ts", 'import { runPipeline } from "../pipeline/run-pipeline.ts";', "pipeline is built on scan"],
    ["core/src/extract/a.ts", 'import type { RunOptions } from "../pipeline/run-options.ts";', "not even types"],
    ["core/src/scan/a.ts", 'const x = await import("../load/load.ts");', "load is built on scan"],
    ["core/src/scan/a.ts", 'export { x } from "../load/load.ts";', "load is built on scan"],
    ["destination-sql/src/a.ts", 'import { duckdb } from "@typeload/destination-duckdb";', "may not import it"],
    ["core/src/a.ts", 'import type { Account } from "@typeload/cliengo-sdk";', "may not import it"],
    ["core/src/a.ts", 'type A = import("@typeload/cliengo-sdk").Account;', "may not import it"],
  ])("refuses in %s: %s", (file, text, reason) => {
    expect(wrongImports(`packages/${file}`, text)).toEqual([expect.stringContaining(reason)]);
  });

  it.each([
    ["core/src/load/a.ts", 'import { createNormalizer } from "../normalize/normalizer.ts";'],
    ["core/src/destination/a.ts", 'import type { RowBatch } from "../normalize/row-batch.ts";'],
    ["core/src/scan/a.ts", 'import { type JsonValue } from "../source/json-value.ts";'],
    ["destination-duckdb/src/a.ts", 'import { sql } from "@typeload/destination-sql";'],
  ])("accepts in %s: %s", (file, text) => {
    expect(wrongImports(`packages/${file}`, text)).toEqual([]);
  });
});

describe("casts", () => {
  it("refuses a cast without a reason, and names its line", () => {
    expect(unexplainedCasts("a.ts", "const x = 1;\nconst y = x as never;\n")).toEqual(["a.ts:2 x as never"]);
    expect(unexplainedCasts("a.ts", "// About f.\nfunction f() {\n  return x as never;\n}\n")).toHaveLength(1);
  });

  it("takes neither an address nor a remark on the line before for a reason", () => {
    expect(unexplainedCasts("a.ts", 'const y = get("https://example.com") as never;\n')).toHaveLength(1);
    expect(unexplainedCasts("a.ts", "const x = 1; // one\nconst y = x as never;\n")).toHaveLength(1);
    expect(unexplainedCasts("a.ts", "const y = { // of two\n  a: 1,\n  b: x as never, // because\n};\n")).toEqual([]);
  });

  it("accepts one with its reason above or beside it, as const, and as unknown", () => {
    expect(unexplainedCasts("a.ts", "// Because.\nconst y = x as never;\n")).toEqual([]);
    expect(unexplainedCasts("a.ts", "const y = x as never; // because\n")).toEqual([]);
    expect(unexplainedCasts("a.ts", "const y = [1] as const, z = JSON.parse(t) as unknown;\n")).toEqual([]);
  });
});

describe("snippets", () => {
  const markdown = [
    "# Title",
    "```ts",
    "const a: number = 1;",
    "```",
    "text",
    "```ts continues",
    "const b: string = a;",
    "```",
    "```sh",
    "ls",
    "```",
  ].join("\n");

  it("joins a block that continues, and reports its line in the Markdown file", () => {
    expect(diagnose(snippetsOf("EXAMPLE.md", markdown))).toEqual([
      "EXAMPLE.md:7 Type 'number' is not assignable to type 'string'.",
    ]);
  });

  it.each(["~~~ts", "```tsx", '```ts title="load.ts"', "````typescript"])("reads a block fenced %s", (fence) => {
    const end = /^\W+/.exec(fence)?.[0] ?? "";
    const found = snippetsOf("EXAMPLE.md", [fence, "const a: number = 1;", end, "text"].join("\n"));
    expect(found.map(({ code }) => code)).toEqual(["const a: number = 1;"]);
  });

  it("type-checks against the packages' source", () => {
    const wrong = ["```ts", 'import { nothingOfThatName } from "@typeload/core";', "nothingOfThatName();", "```"].join(
      "\n",
    );
    expect(diagnose(snippetsOf("EXAMPLE.md", wrong))).toEqual([
      expect.stringMatching(/^EXAMPLE\.md:2 .*nothingOfThatName/),
    ]);
  });
});

describe("the last line", () => {
  const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] };
  const broken = { status: "failed", assertionResults: [] };

  it("counts from the runner's report", () => {
    expect(summary(count(report, 0))).toBe("5 passed, 0 failed, 2 skipped");
  });

  it("counts what has no failed test to its name: a broken file, an error outside tests, a runner that wrote nothing", () => {
    expect(count({ ...report, testResults: [broken] }, 1).failed).toBe(1);
    expect(count(report, 1).failed).toBe(1);
    expect(count(undefined, 1).failed).toBe(1);
  });
});
