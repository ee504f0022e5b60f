import { isSafeNumber, longestNumber } from "./json-number.ts";

/**
 * Would `JSON.parse` bend something of this text? Yes for a number that a JavaScript number does not print as it is written (an integer
 * beyond 2^53, `1.0`, `-0`, an exponent, `0.0000001`, more digits than a double has), a key that is all digits (JavaScript moves it to the front) or `__proto__`,
 * and a key written with escapes that could be one of these. May say yes too often, never too seldom. Expects valid JSON.
 */
export function hasParseHazard(bytes: Uint8Array): boolean {
  const end = bytes.length;
  let at = 0;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x22) {
      const start = at + 1;
      at = endOfString(bytes, start);
      const first = bytes[start] ?? 0;
      // A digit, _ or \ at the start of a string: worth a look whether it is a key.
      if (((first >= 0x30 && first <= 0x39) || first === 0x5f || first === 0x5c) && isHazardousKey(bytes, start, at))
        return true;
      at++;
    } else if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) {
      const stop = endOfNumber(bytes, at);
      if (isHazardousNumber(bytes, at, stop)) return true;
      at = stop;
    } else {
      at++;
    }
  }
  return false;
}

/** The closing quote. */
function endOfString(bytes: Uint8Array, start: number): number {
  let at = start;
  for (;;) {
    const byte = bytes[at];
    if (byte === 0x22 || byte === undefined) return at;
    at += byte === 0x5c ? 2 : 1;
  }
}

function isHazardousKey(bytes: Uint8Array, start: number, end: number): boolean {
  let after = end + 1;
  let byte = bytes[after];
  while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[++after];
  if (byte !== 0x3a) return false;
  let digits = true;
  for (let at = start; at < end; at++) {
    const letter = bytes[at] ?? 0;
    if (letter === 0x5c) return true;
    if (letter < 0x30 || letter > 0x39) digits = false;
  }
  return digits || (end - start === proto.length && proto.every((letter, index) => bytes[start + index] === letter));
}

const proto = new TextEncoder().encode("__proto__");

function endOfNumber(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  for (;;) {
    const byte = bytes[at] ?? 0;
    // Digits, + - . e E
    if ((byte >= 0x30 && byte <= 0x39) || byte === 0x2e || byte === 0x2d || byte === 0x2b || (byte | 0x20) === 0x65)
      at++;
    else return at;
  }
}

function isHazardousNumber(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > longestNumber) return true;
  if (end - start > 15) return !isSafeNumber(String.fromCharCode(...bytes.subarray(start, end)));
  let fraction = false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if ((byte | 0x20) === 0x65) return true;
    if (byte === 0x2e) fraction = true;
  }
  if (fraction) return bytes[end - 1] === 0x30 || isSmallFraction(bytes, bytes[start] === 0x2d ? start + 1 : start);
  return bytes[start] === 0x2d && bytes[start + 1] === 0x30;
}

/** Is it below 0.000001, which JavaScript prints with an exponent? */
function isSmallFraction(bytes: Uint8Array, start: number): boolean {
  return smallest.every((byte, index) => bytes[start + index] === byte);
}

const smallest = new TextEncoder().encode("0.000000");
