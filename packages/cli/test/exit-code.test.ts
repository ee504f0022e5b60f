import { describe, expect, it } from "vitest";
import { ConfigurationError, RunAbortedError, TypeloadError } from "@typeload/core";
import { describeError, exitCode } from "../src/terminal.ts";

describe("exitCode", () => {
  const failure = (code: string, cause?: unknown): TypeloadError => new TypeloadError("it failed", { code, cause });

  it.each([
    [0, undefined],
    [1, new Error("anything")],
    [2, new ConfigurationError("a bad option")],
    [2, failure("run_failed", failure("ERR_CLIENGO_AUTHENTICATION"))],
    [130, failure("run_failed", new RunAbortedError("stopped"))],
    [3, Object.assign(failure("run_failed"), { report: { packages: [{ outcome: "committed" }] } })],
    [1, Object.assign(failure("run_failed"), { report: { packages: [{ outcome: "failed" }] } })],
  ])("%i", (code, error) => {
    expect(exitCode(error)).toBe(code);
  });
});

describe("describeError", () => {
  it("gives the message and each cause once", () => {
    const error = new Error("the run failed", {
      cause: new Error("no route to host", { cause: new Error("no route to host") }),
    });
    expect(describeError(error)).toBe("the run failed\n  because: no route to host");
  });

  it("ends with causes that go in a circle", () => {
    const error = new Error("a");
    error.cause = error;
    expect(describeError(error)).toBe("a");
  });
});
