import { isUtf8 } from "node:buffer";
import { PageParseError } from "./page-errors.ts";

/** Deeper nesting than this is refused, so that a hostile page cannot exhaust the stack. */
export const maximumDepth = 512;

/** The bytes of one string, quotes included. */
export interface StringSpan {
  readonly start: number;
  readonly end: number;
  /** It holds a backslash, so its bytes are not its text. */
  readonly escaped: boolean;
}

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;

/**
 * Walks JSON text byte by byte and checks it against RFC 8259, without making values. Whoever visits members or elements consumes
 * each value by one call (`value`, `object`, `array`, `string`). Throws PageParseError at the first byte that is wrong.
 */
export class JsonScanner {
  readonly bytes: Uint8Array;
  /** The next byte to look at. */
  position = 0;
  private depth = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Checks the encoding, then reads the one value of the text; `visit` consumes it. */
  document(visit: () => void): void {
    const { bytes } = this;
    if (!isUtf8(bytes)) this.fail("the bytes are not UTF-8", firstInvalidUtf8(bytes));
    // A byte order mark is no JSON, but every fetch implementation drops it too.
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.position = 3;
    this.whitespace();
    visit();
    this.whitespace();
    if (this.position < bytes.length) this.fail("there is something after the end of the value");
  }

  /** Skips white space; gives the byte that follows, 0 at the end. */
  whitespace(): number {
    const { bytes } = this;
    let at = this.position;
    let byte = bytes[at];
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[++at];
    this.position = at;
    return byte ?? 0;
  }

  /** Consumes any value. */
  value(): void {
    const byte = this.bytes[this.position] ?? 0;
    if (byte === quote) this.skipString();
    else if (byte === 0x7b) this.skipObject();
    else if (byte === 0x5b) this.skipArray();
    else this.scalar(byte);
  }

  /** Consumes an object: `visit` gets the span of each key and consumes its value. */
  object(visit: (key: StringSpan) => void): void {
    if (!this.enter(0x7d)) return;
    for (;;) {
      const key = this.key();
      visit(key);
      if (!this.next(0x7d)) return;
    }
  }

  /** Consumes an array: `visit` consumes each element. */
  array(visit: () => void): void {
    if (!this.enter(0x5d)) return;
    for (;;) {
      visit();
      if (!this.next(0x5d)) return;
    }
  }

  /** Consumes a string and tells where it was. */
  string(): StringSpan {
    const start = this.position;
    const escaped = this.skipString();
    return { start, end: this.position, escaped };
  }

  /** The text of a string. */
  text(span: StringSpan): string {
    const { bytes } = this;
    const raw = Buffer.from(bytes.buffer, bytes.byteOffset + span.start, span.end - span.start).toString("utf8");
    // A checked JSON string, so it parses to a string.
    return span.escaped ? (JSON.parse(raw) as string) : raw.slice(1, -1);
  }

  fail(reason: string, at: number = this.position): never {
    throw new PageParseError(at >= this.bytes.length ? "it ends in the middle" : reason, this.bytes, at);
  }

  private skipObject(): void {
    if (!this.enter(0x7d)) return;
    do {
      if (this.bytes[this.position] !== quote) this.fail("a member name in double quotes is missing");
      this.skipString();
      this.colon();
      this.value();
    } while (this.next(0x7d));
  }

  private skipArray(): void {
    if (!this.enter(0x5d)) return;
    do this.value();
    while (this.next(0x5d));
  }

  private key(): StringSpan {
    if (this.bytes[this.position] !== quote) this.fail("a member name in double quotes is missing");
    const key = this.string();
    this.colon();
    return key;
  }

  private colon(): void {
    if (this.whitespace() !== 0x3a) this.fail("a colon is missing");
    this.position++;
    this.whitespace();
  }

  /** Steps over the opening bracket; `false` when the closing one follows at once. */
  private enter(close: number): boolean {
    this.position++;
    if (this.whitespace() === close) {
      this.position++;
      return false;
    }
    if (++this.depth > maximumDepth) this.fail(`it is nested deeper than ${maximumDepth} levels`);
    return true;
  }

  /** Steps over a comma (`true`) or the closing bracket (`false`). */
  private next(close: number): boolean {
    const byte = this.whitespace();
    if (byte === comma) {
      this.position++;
      this.whitespace();
      return true;
    }
    if (byte !== close) this.fail(close === 0x7d ? "a comma or } is missing" : "a comma or ] is missing");
    this.position++;
    this.depth--;
    return false;
  }

  /** Consumes a string; says whether it holds an escape. */
  private skipString(): boolean {
    const { bytes } = this;
    let escaped = false;
    let at = this.position + 1;
    for (;;) {
      const byte = bytes[at] ?? 0;
      if (byte === quote) break;
      if (byte === backslash) {
        escaped = true;
        at = this.escape(at);
      } else if (byte < 0x20) {
        this.fail("a control character stands in a string", at);
      } else {
        at++;
      }
    }
    this.position = at + 1;
    return escaped;
  }

  private escape(at: number): number {
    const kind = this.bytes[at + 1] ?? 0;
    if (kind === 0x75) {
      for (let digit = at + 2; digit < at + 6; digit++) {
        if (!isHexDigit(this.bytes[digit] ?? 0)) this.fail("four hexadecimal digits must follow \\u", digit);
      }
      return at + 6;
    }
    // " \ / b f n r t
    if (
      kind !== quote &&
      kind !== backslash &&
      kind !== 0x2f &&
      kind !== 0x62 &&
      kind !== 0x66 &&
      kind !== 0x6e &&
      kind !== 0x72 &&
      kind !== 0x74
    ) {
      this.fail("an unknown escape stands in a string", at + 1);
    }
    return at + 2;
  }

  private scalar(byte: number): void {
    if (byte === 0x74) this.word("true");
    else if (byte === 0x66) this.word("false");
    else if (byte === 0x6e) this.word("null");
    else this.number(byte);
  }

  private word(word: string): void {
    for (let index = 1; index < word.length; index++) {
      if (this.bytes[this.position + index] !== word.charCodeAt(index))
        this.fail("a value is missing", this.position + index);
    }
    this.position += word.length;
  }

  private number(first: number): void {
    const { bytes } = this;
    let at = this.position;
    if (first === 0x2d) at++;
    if (bytes[at] === 0x30) at++;
    else at = this.digits(at);
    if (bytes[at] === 0x2e) at = this.digits(at + 1);
    if (bytes[at] === 0x65 || bytes[at] === 0x45) {
      at++;
      if (bytes[at] === 0x2b || bytes[at] === 0x2d) at++;
      at = this.digits(at);
    }
    this.position = at;
  }

  private digits(start: number): number {
    const { bytes } = this;
    let at = start;
    let byte = bytes[at] ?? 0;
    if (byte < 0x30 || byte > 0x39) this.fail(at === this.position ? "a value is missing" : "a digit is missing", at);
    while (byte >= 0x30 && byte <= 0x39) byte = bytes[++at] ?? 0;
    return at;
  }
}

function isHexDigit(byte: number): boolean {
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66);
}

/** Only called when there is one. */
function firstInvalidUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0;
    const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (size > 1 && !isUtf8(bytes.subarray(at, at + size))) return at;
    at += size;
  }
  return at;
}
