import { expect, it } from "vitest";
import { judge } from "./judge.ts";

const report = (...tests: readonly (readonly [string, string])[]) => ({
  testResults: [{ assertionResults: tests.map(([title, status]) => ({ title, status })) }],
});

it("takes a case for passed only when a test of it passed, and none failed", () => {
  const cases = [
    { id: "a/1" },
    { id: "a/1/x" },
    { id: "a/2" },
    { id: "a/3" },
    { id: "a/4", trap: "bool-text" },
    { id: "a/5" },
  ];
  const results = judge(
    cases,
    report(
      ["a/1 first", "passed"],
      ["a/1/x second", "failed"],
      ["a/2/0: part one", "passed"],
      ["a/2/1: part two", "failed"],
      ["a/3 [values that only a Python library gives]", "pending"],
      ["a/5: hash", "passed"],
    ),
  );
  expect(results.map(({ id, status, reason }) => [id, status, reason])).toEqual([
    ["a/1", "passed", undefined],
    ["a/1/x", "failed", undefined],
    ["a/2", "failed", undefined],
    ["a/3", "skipped", "values that only a Python library gives"],
    ["a/4", "skipped", "trap: bool-text"],
    ["a/5", "passed", undefined],
  ]);
});
