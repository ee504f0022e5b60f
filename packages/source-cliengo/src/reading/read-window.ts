import type { PageBytes, PartitionVerdict } from "@typeload/core";
import type { RawPage } from "@typeload/cliengo-sdk";
import { readList } from "./read-list.ts";
import type { WindowSpan } from "./window-span.ts";

/** From the weakest to the strongest word. */
const strength = ["truncated", "unproved", "likely", "proved"] as const;

/**
 * Reads the parts of a window one after another. It is as sure as its least sure part; a contact on the border of two parts counts once.
 *
 * @param cut cuts a part anew that goes on beyond the ceiling although no total said so
 */
export async function* readWindow(
  parts: readonly WindowSpan[],
  pass: (part: WindowSpan, page: { readonly overlap: number }) => AsyncIterable<RawPage>,
  cut: (part: WindowSpan) => AsyncIterable<WindowSpan>,
): AsyncGenerator<PageBytes, PartitionVerdict, undefined> {
  const keys = new Set<string>();
  let worst: PartitionVerdict = { rows: "proved" };
  let expected: number | undefined = 0;
  const waiting = parts.map((part) => ({ part, isCut: false }));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { part, isCut } = next;
    const before = keys.size;
    const verdict = yield* readList({ pass: (page) => pass(part, page), sorted: true, keys });
    if (!isCut && verdict.rows === "truncated" && verdict.expected === undefined) {
      for await (const { since, until } of cut(part)) waiting.push({ part: { since, until }, isCut: true });
      expected = undefined;
      continue;
    }
    if (strength.indexOf(verdict.rows) < strength.indexOf(worst.rows)) worst = verdict;
    const twice = (verdict.read ?? 0) - (keys.size - before);
    expected =
      expected === undefined || verdict.expected === undefined ? undefined : expected + verdict.expected - twice;
    if (worst.note === undefined && verdict.rows === worst.rows) worst = verdict;
  }
  const isPossible = expected !== undefined && expected >= keys.size;
  return { ...worst, expected: isPossible ? expected : undefined, read: keys.size };
}
