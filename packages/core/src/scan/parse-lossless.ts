import { JsonNumber, isSafeNumber } from "./json-number.ts";

/** An integer-like key is moved to the front by JavaScript, `__proto__` is swallowed. */
const bentKey = /^(?:\d+|__proto__)$/;
const numberAt = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * `JSON.parse` that bends nothing: see {@link parseRecords}. Three to four times slower, so only for pages that need it.
 * Expects valid JSON; depth is bounded by the check before.
 */
export function parseLossless(text: string): unknown {
  return new LosslessParser(text).document();
}

/** `1` and `1.5` are safe as JavaScript numbers; what is not stays text. */
export function numberOf(text: string): number | JsonNumber {
  return isSafeNumber(text) ? Number(text) : new JsonNumber(text);
}

class LosslessParser {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): unknown {
    this.skip();
    return this.value();
  }

  private value(): unknown {
    switch (this.text.charCodeAt(this.at)) {
      case 0x22:
        return this.string();
      case 0x7b:
        return this.object();
      case 0x5b:
        return this.array();
      case 0x74:
        this.at += 4;
        return true;
      case 0x66:
        this.at += 5;
        return false;
      case 0x6e:
        this.at += 4;
        return null;
      default:
        return this.number();
    }
  }

  private object(): unknown {
    const entries = new Map<string, unknown>();
    let bent = false;
    this.at++;
    while (this.skip() !== 0x7d) {
      const key = this.string();
      this.skip();
      this.at++; // the colon
      this.skip();
      entries.set(key, this.value());
      bent ||= bentKey.test(key);
      if (this.skip() === 0x2c) this.at++;
    }
    this.at++;
    return bent ? entries : Object.fromEntries(entries);
  }

  private array(): unknown[] {
    const elements: unknown[] = [];
    this.at++;
    while (this.skip() !== 0x5d) {
      elements.push(this.value());
      if (this.skip() === 0x2c) this.at++;
    }
    this.at++;
    return elements;
  }

  private string(): string {
    const { text } = this;
    const start = this.at;
    let escaped = false;
    let at = start + 1;
    for (let code = text.charCodeAt(at); code !== 0x22; code = text.charCodeAt(at)) {
      if (code === 0x5c) {
        escaped = true;
        at++;
      }
      at++;
    }
    this.at = at + 1;
    // A JSON string, so it parses to a string.
    return escaped ? (JSON.parse(text.slice(start, at + 1)) as string) : text.slice(start + 1, at);
  }

  private number(): number | JsonNumber {
    numberAt.lastIndex = this.at;
    const text = numberAt.exec(this.text)?.[0] ?? "";
    this.at += text.length;
    return numberOf(text);
  }

  /** Skips white space; gives the character that follows. */
  private skip(): number {
    let code = this.text.charCodeAt(this.at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = this.text.charCodeAt(++this.at);
    return code;
  }
}
