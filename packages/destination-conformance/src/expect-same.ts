import { AssertionError } from "node:assert";

/**
 * Fails when the lists hold other things, in any order, with some of what is missing and some of what is too much. A full difference
 * of thousands of rows would take minutes to make and nobody would read it.
 */
export function expectSame(what: string, actual: readonly unknown[], expected: readonly unknown[]): void {
  const missing = without(expected, actual);
  const surplus = without(actual, expected);
  if (missing.length === 0 && surplus.length === 0) return;
  throw new AssertionError({
    message: `${what}: ${actual.length} found, ${expected.length} expected. ${list("missing", missing)}${list("not expected", surplus)}`,
    actual: surplus.slice(0, shownItems).map(shorten),
    expected: missing.slice(0, shownItems).map(shorten),
    operator: "expectSame",
  });
}

const shownItems = 5;
const shownCharacters = 300;

/** Items of the first list that the second has not, each as often as it is too many; as text. */
function without(items: readonly unknown[], others: readonly unknown[]): readonly string[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(print(other), (left.get(print(other)) ?? 0) + 1);
  return items.map(print).filter((text) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  });
}

function list(word: string, texts: readonly string[]): string {
  if (texts.length === 0) return "";
  const shown = texts.slice(0, shownItems).map(shorten);
  const more = texts.length > shownItems ? `\n  … and ${texts.length - shownItems} more` : "";
  return `\n${texts.length} ${word}:\n  ${shown.join("\n  ")}${more}`;
}

function shorten(text: string): string {
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}… (${text.length} characters)`;
}

function print(item: unknown): string {
  return JSON.stringify(item);
}
