/**
 * A number of which the JSON text must be kept, because a JavaScript number would lose something of it: an integer beyond 2^53, digits
 * that a double does not hold, `1.0` (a fraction, although integral), `1.10`, an exponent, `-0`.
 */
export class JsonNumber {
  /** As written in the JSON text. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The nearest double: what `JSON.parse` would have given. */
  toJSON(): number {
    return Number(this.text);
  }

  toString(): string {
    return this.text;
  }
}

/** Characters of a number's text; nothing longer prints itself, and the limit keeps hostile texts cheap. */
export const longestNumber = 25;

/**
 * Does a JavaScript number keep all that JSON text says of a number? It prints the same, and an integer is within 2^53 (beyond,
 * two integers in a row may print the same digits).
 */
export function isSafeNumber(text: string): boolean {
  if (text.length > longestNumber) return false;
  const value = Number(text);
  return String(value) === text && (Number.isSafeInteger(value) || !integer.test(text));
}

const integer = /^-?\d+$/;
