import { JsonNumber } from "./json-number.ts";

/** A record as code outside of typeload knows values: numbers as JavaScript numbers where that is the same number, maps as objects. */
export function plainValue(value: unknown): unknown {
  if (value instanceof JsonNumber) return sameNumber(value) ?? value;
  if (Array.isArray(value)) return value.map(plainValue);
  if (value instanceof Map) {
    const plain: Record<string, unknown> = {};
    // Defined, not set: a key may be `__proto__`.
    for (const [key, member] of value)
      Object.defineProperty(plain, String(key), {
        value: plainValue(member),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    return plain;
  }
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainValue(member)]));
}

/** `1.10` is 1.1; where the text has more digits than a double holds, the double's shortest text is another number. */
function sameNumber({ text }: JsonNumber): number | undefined {
  const number = Number(text);
  return Number.isFinite(number) && significantDigits(text) === significantDigits(String(number)) ? number : undefined;
}

function significantDigits(text: string): string {
  return text
    .replace(/e.*$/i, "")
    .replace(/[-.]/g, "")
    .replace(/^0+|0+$/g, "");
}
