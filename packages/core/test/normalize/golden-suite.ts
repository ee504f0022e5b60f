import { describe, expect, test } from "vitest";
import { askedForGolden } from "./golden-case.ts";

/** What every case has. */
interface AnyCase {
  readonly id: string;
  readonly title?: string | undefined;
}

/** How the cases of one golden file are asked. */
export interface GoldenSuite<T extends AnyCase> {
  readonly file: string;
  readonly cases: readonly T[];
  /** Why a case is not asked, by what it asks; undefined: it is. */
  leftOut(golden: T): string | undefined;
  check(golden: T): void | Promise<void>;
  /** Less than this part of the cases is not enough. Default a half. */
  readonly atLeast?: number;
}

/**
 * Asks every case that is not left out. By `npm run golden` those that are left out stand in the report as skipped, with the reason in
 * brackets; else there is one test that tells how many they are.
 */
export function describeGolden<T extends AnyCase>({
  file,
  cases,
  leftOut,
  check,
  atLeast = 0.5,
}: GoldenSuite<T>): void {
  describe(`dlt's recorded behaviour: ${file}`, () => {
    const groups = Object.groupBy(cases, (golden) => leftOut(golden) ?? "asked");
    const { asked = [], ...rest } = groups;
    test.each(asked.map((golden) => [golden.id, golden.title ?? "", golden] as const))(
      "%s %s",
      async (_id, _title, golden) => {
        await check(golden);
      },
    );
    const told = Object.entries(rest).flatMap(([reason, list = []]) => list.map(({ id }) => `${id} [${reason}]`));
    // oxlint-disable-next-line vitest/no-disabled-tests -- what a case is left out for has to stand in the report
    test.skip.each(askedForGolden ? told : [])("%s", () => {});

    test.skipIf(askedForGolden)("asks most cases; the rest is left out for these reasons", () => {
      const counts = Object.fromEntries(Object.entries(rest).map(([reason, list]) => [reason, list?.length]));
      console.log(`golden ${file}: ${asked.length} of ${cases.length} asked`, counts);
      expect(asked.length).toBeGreaterThan(cases.length * atLeast);
    });
  });
}
