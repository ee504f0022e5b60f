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
