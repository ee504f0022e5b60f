const wholeNumber = /^[+-]?\d+(?:_\d+)*$/;
const hexadecimal = /^0x[\da-fA-F]+$/;
const foreignDigit = /[^\P{Nd}0-9]/gu;
const realNumber = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const decimalNumber = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;
const notFinite = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i;

/** More digits than this are not written out: `1e999999999` would fill the memory. */
const maximumExponent = 5_000;

/** A text as an integer, as Python's `int` reads it (blanks around, `1_000`), or `0x…`. */
export function integerFromText(text: string): bigint | undefined {
  const trimmed = numeral(text);
  if (hexadecimal.test(trimmed)) return BigInt(trimmed);
  if (!wholeNumber.test(trimmed)) return undefined;
  return BigInt(trimmed.replaceAll("_", "").replace(/^\+/, ""));
}

/** A text as a double, as Python's `float` reads it, or `0x…`. */
export function doubleFromText(text: string): number | undefined {
  const trimmed = numeral(text);
  if (hexadecimal.test(trimmed)) return Number(trimmed);
  if (realNumber.test(trimmed)) return Number(trimmed.replaceAll("_", ""));
  const match = notFinite.exec(trimmed);
  if (match === null) return undefined;
  if (match[2] === undefined) return Number.NaN;
  return match[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** A text as a plain decimal, as Python's `Decimal` reads it (any `_` is dropped), or `0x…`. */
export function decimalFromText(text: string): string | undefined {
  const trimmed = numeral(text);
  if (hexadecimal.test(trimmed)) return String(BigInt(trimmed));
  return plainDecimal(trimmed.replaceAll("_", ""));
}

/** Without blanks around, and with the digits of every script as 0 to 9, which Python's numbers allow. */
function numeral(text: string): string {
  return text.trim().replace(foreignDigit, (digit) => String(digitValue(digit.codePointAt(0) ?? 0)));
}

/** Decimal digits stand in runs of ten; only the mathematical ones stand in runs side by side. */
function digitValue(codePoint: number): number {
  if (codePoint >= 0x1d7ce && codePoint <= 0x1d7ff) return (codePoint - 0x1d7ce) % 10;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(codePoint - value - 1))) value++;
  return value;
}

/** A number's text without exponent and plus sign: `1.5e3` gives `1500`, `-1e-2` gives `-0.01`. `undefined` when it is no number. */
export function plainDecimal(text: string): string | undefined {
  const match = decimalNumber.exec(text);
  if (match === null) return undefined;
  const whole = match[2] ?? "";
  const fraction = match[3] ?? "";
  if (whole === "" && fraction === "") return undefined;
  const exponent = Number(match[4] ?? 0);
  if (Math.abs(exponent) > maximumExponent) return undefined;
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const integral = (point > 0 ? digits.slice(0, point).padEnd(point, "0") : "").replace(/^0+(?=.)/, "");
  const fractional = point >= 0 ? digits.slice(point) : "0".repeat(-point) + digits;
  return (
    (match[1] === "-" ? "-" : "") + (integral === "" ? "0" : integral) + (fractional === "" ? "" : `.${fractional}`)
  );
}

/** Does a plain decimal fit `precision` digits, `scale` of them behind the point, without rounding? */
export function decimalFits(plain: string, precision: number, scale: number): boolean {
  const point = plain.indexOf(".");
  const whole = (point < 0 ? plain : plain.slice(0, point)).replace(/^-?0*/, "");
  const fraction = point < 0 ? "" : plain.slice(point + 1).replace(/0+$/, "");
  return fraction.length <= scale && whole.length <= precision - scale;
}

/**
 * Is a JSON number the print of a double, so that the double keeps all of it? `0.1` is, and so is `0.10000000000000001`, which is how
 * some libraries print the same double; `0.12345678901234567890` is not.
 */
export function isPrintOfDouble(text: string): boolean {
  const value = Number(text);
  if (!Number.isFinite(value)) return false;
  const digits = significantDigits(text);
  if (digits.length <= 15) return digits === "" || value !== 0;
  return digits.length <= 100 && significantDigits(value.toPrecision(digits.length)) === digits;
}

function significantDigits(text: string): string {
  const mantissa = text.replace(/e.*$/i, "").replace(/[-+.]/g, "");
  return mantissa.replace(/^0+/, "").replace(/0+$/, "");
}
