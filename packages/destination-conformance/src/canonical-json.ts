/** JSON text in one form: no blanks, members sorted by name, numbers with all their digits as {@link canonicalNumber} writes them. */
export function canonicalJson(text: string): string | undefined {
  try {
    return print(JSON.parse(text, keepDigits));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Plain decimal text without `+`, exponent, or zeros that say nothing; zero has no sign. `undefined` for what is no number. */
export function canonicalNumber(text: string): string | undefined {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,4}))?$/.exec(text);
  if (match === null || (match[2] === "" && match[3] === "")) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const point = whole.length + Number(exponent);
  const digits = `${"0".repeat(Math.max(0, -point))}${whole}${fraction}`.padEnd(Math.max(0, point), "0");
  const at = Math.max(0, point);
  const left = digits.slice(0, at).replace(/^0+(?=\d)/, "") || "0";
  const right = digits.slice(at).replace(/0+$/, "");
  const number = right === "" ? left : `${left}.${right}`;
  return sign === "-" && number !== "0" ? `-${number}` : number;
}

class ExactNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Node gives a reviver the source text of a number, which has digits that the number itself has lost. */
function keepDigits(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === "number" ? new ExactNumber(context?.source ?? String(value)) : value;
}

function print(value: unknown): string {
  if (value instanceof ExactNumber) return canonicalNumber(value.text) ?? value.text;
  if (Array.isArray(value)) return `[${value.map(print).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${print(member)}`).join(",")}}`;
}
