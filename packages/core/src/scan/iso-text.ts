const common = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](.*))?$/s;
const basic = /^(\d{4})(\d{2})(\d{2})(?:[T ](.*))?$/s;
const month = /^(\d{4})-(\d{2})(?:[T ](.*))?$/s;
const year = /^(\d{4})$/;
const ordinal = /^(\d{4})(-?)(\d{3})(?:[T ](.*))?$/s;
const week = /^(\d{4})(-?)W(\d{2})(?:\2(\d))?(?:[T ](.*))?$/s;
const slashes = /^(\d{4})\/(\d{2})\/(\d{2})(?: (.*))?$/s;

const extendedTime = /^(\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;
const basicTime = /^(\d{2})(?:(\d{2})(?:(\d{2})(?:[.,](\d+))?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;
const timeOfDay = /^(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

const secondsOfDay = 86_400;
const firstSecond = daysFromCivil(1, 1, 1) * secondsOfDay;
const lastSecond = daysFromCivil(10_000, 1, 1) * secondsOfDay - 1;

/**
 * Reads ISO 8601 dates and times as dlt's relaxed parser does: a blank may stand for `T`, a comma for the point, offsets are applied,
 * no offset means UTC, digits past the sixth are cut; ordinal and week dates, basic and slashed forms are known. Refused are days that do
 * not exist, second 60, hour 24, and years outside 1 to 9999. One instance is used again and again: the result stands in its fields.
 */
export class IsoText {
  /** Seconds since 1970-01-01 UTC. */
  seconds = 0;
  /** Microseconds on top, 0 to 999,999. */
  micros = 0;
  /** The text had a time of the day. */
  hasTime = false;

  /** Is the text a date, with or without a time? */
  read(text: string): boolean {
    return this.readUsual(text) || this.readUnusual(text);
  }

  /** Microseconds since 1970, exact. */
  get microseconds(): number | bigint {
    const exact = this.seconds * 1e6 + this.micros;
    return Number.isSafeInteger(exact) ? exact : BigInt(this.seconds) * 1_000_000n + BigInt(this.micros);
  }

  get days(): number {
    return Math.floor(this.seconds / secondsOfDay);
  }

  /** `2024-01-15T10:30:00.123Z` without a regular expression. */
  private readUsual(text: string): boolean {
    const { length } = text;
    if (
      length < 20 ||
      text.charCodeAt(length - 1) !== 0x5a ||
      text.charCodeAt(4) !== 0x2d ||
      text.charCodeAt(7) !== 0x2d
    )
      return false;
    const separator = text.charCodeAt(10);
    if ((separator !== 0x54 && separator !== 0x20) || text.charCodeAt(13) !== 0x3a || text.charCodeAt(16) !== 0x3a)
      return false;
    const days = civilDays(pair(text, 0) * 100 + pair(text, 2), pair(text, 5), pair(text, 8));
    const seconds = clock(pair(text, 11), pair(text, 14), pair(text, 17));
    if (!(days >= -1e9) || !(seconds >= 0)) return false;
    let micros = 0;
    if (length > 20) {
      if (text.charCodeAt(19) !== 0x2e || length === 21) return false;
      let unit = 100_000;
      for (let at = 20; at < length - 1; at++) {
        const digit = text.charCodeAt(at) - 0x30;
        if (digit < 0 || digit > 9) return false;
        micros += digit * unit;
        unit = unit > 1 ? unit / 10 : 0;
      }
    }
    this.seconds = days * secondsOfDay + seconds;
    this.micros = micros;
    this.hasTime = true;
    return this.seconds >= firstSecond && this.seconds <= lastSecond;
  }

  private readUnusual(text: string): boolean {
    if (text.length < 4 || text.length > 200) return false;
    const day = calendarDay(text);
    if (day === undefined || !Number.isFinite(day.days)) return false;
    this.seconds = day.days * secondsOfDay;
    this.micros = 0;
    this.hasTime = day.time !== undefined;
    if (day.time === undefined) return true;
    const match = (day.basic ? basicTime : extendedTime).exec(day.time);
    if (match === null) return false;
    const seconds = clock(Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)) - offsetSeconds(match[5]);
    if (Number.isNaN(seconds)) return false;
    this.seconds += seconds;
    this.micros = fractionMicros(match[4]);
    return this.seconds >= firstSecond && this.seconds <= lastSecond;
  }
}

/** `10:30`, `10:30:00.123+02:00` as microseconds of the UTC day; `undefined` for anything else. */
export function parseTimeOfDay(text: string): number | undefined {
  const match = timeOfDay.exec(text);
  if (match === null) return undefined;
  const seconds = clock(Number(match[1]), Number(match[2]), Number(match[3] ?? 0)) - offsetSeconds(match[5]);
  if (Number.isNaN(seconds)) return undefined;
  return (((seconds % secondsOfDay) + secondsOfDay) % secondsOfDay) * 1e6 + fractionMicros(match[4]);
}

interface CalendarDay {
  readonly days: number;
  /** What stands behind the separator. */
  readonly time: string | undefined;
  /** Dates without dashes go with times without colons. */
  readonly basic: boolean;
}

function calendarDay(text: string): CalendarDay | undefined {
  let match = common.exec(text) ?? slashes.exec(text);
  if (match !== null)
    return { days: civilDays(Number(match[1]), Number(match[2]), Number(match[3])), time: match[4], basic: false };
  match = basic.exec(text);
  if (match !== null)
    return { days: civilDays(Number(match[1]), Number(match[2]), Number(match[3])), time: match[4], basic: true };
  match = month.exec(text);
  if (match !== null) return { days: civilDays(Number(match[1]), Number(match[2]), 1), time: match[3], basic: false };
  match = year.exec(text);
  if (match !== null) return { days: civilDays(Number(match[1]), 1, 1), time: undefined, basic: true };
  match = ordinal.exec(text);
  if (match !== null)
    return { days: ordinalDays(Number(match[1]), Number(match[3])), time: match[4], basic: match[2] === "" };
  match = week.exec(text);
  if (match === null) return undefined;
  const days = weekDays(Number(match[1]), Number(match[3]), Number(match[4] ?? 1));
  return { days, time: match[5], basic: match[2] === "" };
}

function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30;
  const ones = text.charCodeAt(at + 1) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function clock(hours: number, minutes: number, seconds: number): number {
  return hours < 24 && minutes < 60 && seconds < 60 ? hours * 3600 + minutes * 60 + seconds : Number.NaN;
}

function offsetSeconds(offset: string | undefined): number {
  if (offset === undefined || offset === "Z") return 0;
  const digits = offset.slice(1).replace(":", "");
  const seconds = clock(Number(digits.slice(0, 2)), Number(digits.slice(2) || 0), 0);
  return offset.startsWith("-") ? -seconds : seconds;
}

function fractionMicros(digits: string | undefined): number {
  return digits === undefined ? 0 : Number(digits.slice(0, 6).padEnd(6, "0"));
}

/** Days since 1970-01-01, or NaN when there is no such day. */
function civilDays(year: number, monthOfYear: number, day: number): number {
  const exists =
    year >= 1 && monthOfYear >= 1 && monthOfYear <= 12 && day >= 1 && day <= daysInMonth(year, monthOfYear);
  return exists ? daysFromCivil(year, monthOfYear, day) : Number.NaN;
}

function ordinalDays(year: number, day: number): number {
  return year >= 1 && day >= 1 && day <= (isLeap(year) ? 366 : 365) ? daysFromCivil(year, 1, 1) + day - 1 : Number.NaN;
}

function weekDays(year: number, weekOfYear: number, day: number): number {
  if (year < 1 || weekOfYear < 1 || day < 1 || day > 7) return Number.NaN;
  const start = firstMonday(year);
  const days = start + (weekOfYear - 1) * 7 + day - 1;
  return weekOfYear <= 52 || start + 52 * 7 < firstMonday(year + 1) ? days : Number.NaN;
}

/** The Monday of the ISO week that holds 4 January. */
function firstMonday(year: number): number {
  const fourth = daysFromCivil(year, 1, 4);
  // 1970-01-01 was a Thursday.
  return fourth - ((((fourth + 3) % 7) + 7) % 7);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function daysInMonth(year: number, monthOfYear: number): number {
  if (monthOfYear === 2) return isLeap(year) ? 29 : 28;
  return monthOfYear === 4 || monthOfYear === 6 || monthOfYear === 9 || monthOfYear === 11 ? 30 : 31;
}

/** Proleptic Gregorian calendar, counting years from March so that the leap day comes last. */
function daysFromCivil(year: number, monthOfYear: number, day: number): number {
  const shifted = monthOfYear <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (monthOfYear + (monthOfYear > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
