/** A number as its JSON text says it. */
export class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Parses JSON and keeps every number as written. Slow and simple on purpose: it is what the fast ways are held against. */
export function parseExact(text: string): unknown {
  const reviver = (_key: string, value: unknown, context: { source?: string }): unknown =>
    typeof value === "number" && context.source !== undefined ? new NumberText(context.source) : value;
  // V8 hands the source text to revivers; TypeScript's library does not declare it yet.
  return JSON.parse(text, reviver as (key: string, value: unknown) => unknown);
}

/** One spelling for equal numbers: `1.10` and `1.1`, `1e3` and `1000`. */
export function numberKey(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(text);
  if (match === null) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  const scale = Number(exponent) - fraction.length + (digits.length - significant.length);
  return `${sign}${significant}e${scale}`;
}

/** One spelling for equal JSON values, whatever the order of their members and the spelling of their numbers. */
export function jsonKey(value: unknown): string {
  if (value instanceof NumberText) return numberKey(value.text);
  if (typeof value === "number" || typeof value === "bigint") return numberKey(String(value));
  if (Array.isArray(value)) return `[${value.map(jsonKey).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${jsonKey(member)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "undefined";
}

/** A time with zone as its instant in UTC with six digits; other text as it is. */
export function instantKey(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[-+]\d\d:?\d\d)$/.exec(text);
  if (match === null) return text;
  const [, seconds = "", fraction = "", zone = "Z"] = match;
  const instant = new Date(`${seconds.replace(" ", "T")}${zone === "-00:00" ? "Z" : zone}`);
  return Number.isNaN(instant.getTime())
    ? text
    : instant.toISOString().replace(".000Z", `.${fraction.slice(0, 6).padEnd(6, "0")}Z`);
}
