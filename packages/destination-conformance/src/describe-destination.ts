import { ConfigurationError } from "@typeload/core";
import { Bench } from "./bench.ts";
import type { Check, Suite } from "./check.ts";
import type { ConformanceOptions } from "./conformance-options.ts";
import { append } from "./suites/append.ts";
import { atomicity } from "./suites/atomicity.ts";
import { dataTypes } from "./suites/data-types.ts";
import { identifiers } from "./suites/identifiers.ts";
import { lease } from "./suites/lease.ts";
import { merge } from "./suites/merge.ts";
import { refusals } from "./suites/refusals.ts";
import { replace } from "./suites/replace.ts";
import { schemaEvolution } from "./suites/schema-evolution.ts";
import { sessions } from "./suites/sessions.ts";
import { state } from "./suites/state.ts";
import { volume } from "./suites/volume.ts";

const suites: readonly Suite[] = [
  dataTypes,
  identifiers,
  append,
  replace,
  merge,
  schemaEvolution,
  state,
  atomicity,
  lease,
  sessions,
  volume,
  refusals,
];

/**
 * Defines the tests that every typeload destination has to pass, in the test runner that it is given. Each check gets a destination
 * and a dataset of its own from `create`, so checks do not depend on each other.
 *
 * Throws a `ConfigurationError` when `skip` names a check that does not exist or gives no reason.
 *
 * @example
 * ```ts
 * import { describe, it } from "vitest";
 *
 * describeDestination({
 *   name: "memory",
 *   create: async () => ({ destination: memoryDestination(), dataset: "trial", async [Symbol.asyncDispose]() {} }),
 *   readTable: ({ session, table }) => session.query(`SELECT * FROM "${table.replaceAll('"', '""')}"`),
 *   runner: { describe, it },
 *   expects: memoryCapabilities,
 * });
 * ```
 */
export function describeDestination(options: ConformanceOptions): void {
  const skipped = new Map((options.skip ?? []).map(({ test, reason }) => [test, reason]));
  const known = suites.flatMap((suite) => checksOf(suite, options).map((check) => fullName(suite, check)));
  for (const [test, reason] of skipped) {
    if (!known.includes(test))
      throw new ConfigurationError(`skip names "${test}", which is no check of ${options.name}`);
    if (reason.trim() === "") throw new ConfigurationError(`skip of "${test}" needs a reason`);
  }

  const { describe, it } = options.runner;
  describe(`conformance of ${options.name}`, () => {
    for (const suite of suites) {
      const checks = checksOf(suite, options);
      if (checks.length === 0) continue;
      describe(suite.name, () => {
        for (const check of checks) {
          const reason = skipped.get(fullName(suite, check)) ?? check.cannot?.(options.expects);
          const run = (): Promise<void> => runCheck(options, check);
          if (reason === undefined) it(check.name, run);
          else it.skip(`${check.name} (skipped: ${reason})`, run);
        }
      });
    }
  });
}

function checksOf({ checks }: Suite, { expects }: ConformanceOptions): readonly Check[] {
  const all = typeof checks === "function" ? checks(expects) : checks;
  return all.filter(({ applies }) => applies?.(expects) ?? true);
}

function fullName(suite: Suite, check: Check): string {
  return `${suite.name}: ${check.name}`;
}

async function runCheck(options: ConformanceOptions, check: Check): Promise<void> {
  await using underTest = await options.create();
  await using bench = new Bench(options, underTest);
  await check.run(bench);
}
