/** The first lines that differ between a stored and a freshly made text, for people; empty when the texts are equal. */
export function firstDifference(stored: string, made: string, lines = 8): string {
  if (stored === made) return "";
  const is = stored.split("\n");
  const wanted = made.split("\n");
  let start = 0;
  while (start < is.length && is[start] === wanted[start]) start += 1;
  const show = (sign: string, all: readonly string[]) =>
    all.slice(start, start + lines / 2).map((line) => `${sign} ${line}`);
  return [`@@ line ${start + 1} @@`, ...show("-", is), ...show("+", wanted)].join("\n");
}
