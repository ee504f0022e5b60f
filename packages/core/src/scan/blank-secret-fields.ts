import { JsonScanner, type StringSpan } from "./json-scanner.ts";

/**
 * Overwrites the value of every member with one of these names, at any depth, so that it can go to disk: `*` inside strings, `0` and
 * spaces for numbers, `null` for words; what a value contains is overwritten with it. The result is valid JSON of the same length. Names are compared after
 * unescaping. Gives the input itself when nothing matched; never changes it.
 *
 * @throws PageParseError when the bytes are not UTF-8 JSON.
 */
export function blankSecretFields(bytes: Uint8Array, names: readonly string[]): Uint8Array {
  if (names.length === 0) return bytes;
  const blanking = new Blanking(bytes, names);
  blanking.scanner.document(() => blanking.search());
  return blanking.output ?? bytes;
}

class Blanking {
  readonly scanner: JsonScanner;
  output: Uint8Array | undefined;
  private readonly names: ReadonlySet<string>;
  /** Lengths in bytes that an unescaped name can have: most keys are told apart by them alone. */
  private readonly lengths: ReadonlySet<number>;

  constructor(bytes: Uint8Array, names: readonly string[]) {
    this.scanner = new JsonScanner(bytes);
    this.names = new Set(names);
    this.lengths = new Set(names.map((name) => Buffer.byteLength(name) + 2));
  }

  search(): void {
    const { scanner } = this;
    const first = scanner.bytes[scanner.position];
    if (first === 0x7b) {
      scanner.object((key) => {
        if (this.isSecret(key)) this.blank();
        else this.search();
      });
    } else if (first === 0x5b) {
      scanner.array(() => this.search());
    } else {
      scanner.value();
    }
  }

  private isSecret(key: StringSpan): boolean {
    return (key.escaped || this.lengths.has(key.end - key.start)) && this.names.has(this.scanner.text(key));
  }

  private blank(): void {
    const { scanner } = this;
    const start = scanner.position;
    const first = scanner.bytes[start];
    if (first === 0x7b) {
      scanner.object((key) => {
        this.fill(key.start + 1, key.end - 1, 0x2a);
        this.blank();
      });
    } else if (first === 0x5b) {
      scanner.array(() => this.blank());
    } else {
      scanner.value();
      this.blankScalar(first, start, scanner.position);
    }
  }

  private blankScalar(first: number | undefined, start: number, end: number): void {
    if (first === 0x22) {
      this.fill(start + 1, end - 1, 0x2a);
    } else if (first === 0x74 || first === 0x66) {
      this.fill(start, end, 0x20);
      this.output?.set(nullWord, start);
    } else if (first !== 0x6e) {
      // A number: a zero with more digits behind it would not be JSON.
      this.fill(start, start + 1, 0x30);
      this.fill(start + 1, end, 0x20);
    }
  }

  private fill(start: number, end: number, byte: number): void {
    if (end <= start) return;
    this.output ??= this.scanner.bytes.slice();
    this.output.fill(byte, start, end);
  }
}

const nullWord = new TextEncoder().encode("null");
