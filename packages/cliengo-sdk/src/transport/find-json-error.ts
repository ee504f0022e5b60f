const whitespace = /[ \t\n\r]*/y;
const literal = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/**
 * Where a text stops being JSON: the index of the first wrong character; the text's length where it ends too early;
 * undefined where it is JSON. Engines word this differently or leave it out, so it is found here, after the fact.
 */
export function findJsonError(text: string): number | undefined {
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const matched = pattern.test(text);
    if (matched) at = pattern.lastIndex;
    return matched;
  };
  const skipString = (): boolean => {
    if (text[at] !== '"') return false;
    at++;
    // A loop: a pattern for the whole string runs out of stack on millions of escapes.
    for (;;) {
      const character = text[at];
      if (character === undefined || character < " ") return false;
      if (character === "\\") {
        if (!skip(escape)) return false;
        continue;
      }
      at++;
      if (character === '"') return true;
    }
  };

  const open: ("{" | "[")[] = [];
  let expected: "value" | "value or ]" | "key" | "key or }" | "comma or close" = "value";
  for (;;) {
    skip(whitespace);
    const character = text[at];
    const inside = open.at(-1);
    if (expected === "comma or close") {
      if (inside === undefined) return at === text.length ? undefined : at;
      if (character === ",") expected = inside === "{" ? "key" : "value";
      else if (character === (inside === "{" ? "}" : "]")) open.pop();
      else return at;
      at++;
    } else if (character === "]" && expected === "value or ]") {
      open.pop();
      at++;
      expected = "comma or close";
    } else if (character === "}" && expected === "key or }") {
      open.pop();
      at++;
      expected = "comma or close";
    } else if (expected === "key" || expected === "key or }") {
      if (!skipString()) return at;
      skip(whitespace);
      if (text[at] !== ":") return at;
      at++;
      expected = "value";
    } else if (character === "{" || character === "[") {
      open.push(character);
      at++;
      expected = character === "{" ? "key or }" : "value or ]";
    } else if (character === '"' ? skipString() : skip(literal)) {
      expected = "comma or close";
    } else {
      return at;
    }
  }
}
