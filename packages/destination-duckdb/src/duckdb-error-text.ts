/**
 * What of DuckDB's message may be shown: messages about a value quote it, and values are the user's data. Of those only names and types are
 * taken over.
 */
export function shownText(message: string): string {
  // Later lines quote the statement, which may hold values.
  const text = message.split("\n", 1)[0] ?? "";
  if (text.includes("NOT NULL constraint failed")) return text.slice(0, maximumLength);
  // Anywhere: COMMIT and errors that end the database put words of their own before.
  if (/Constraint Error|constraint violation|duplicate key/i.test(text)) return constraintText(text);
  const kind = /Conversion Error|Out of Range Error|Invalid Input Error/.exec(text)?.[0];
  if (kind === undefined) return masked(text).slice(0, maximumLength);
  if (kind !== "Invalid Input Error") return conversionText(kind, text);
  return /^Invalid Input Error: (?:Cannot execute statement .*|Malformed JSON at byte \d+)/.exec(text)?.[0] ?? kind;
}

const maximumLength = 300;

/** `Duplicate key "email: a@b" violates unique constraint`: the name of the first column stands before anything else. */
function constraintText(text: string): string {
  const column = /\bkey "([^":]+): /.exec(text)?.[1];
  const constraint = /\b(unique|primary key|foreign key|CHECK) constraint/i.exec(text)?.[1]?.toLowerCase();
  return [
    "Constraint Error",
    ...(constraint === undefined ? [] : [`${constraint} constraint`]),
    ...(column === undefined ? [] : [`column ${column}`]),
  ].join(", ");
}

/** `Could not convert string 'a@b' to INT128 when casting from source column email`: type and column. */
function conversionText(kind: string, text: string): string {
  const rest = text.replace(/'.*'|".*"|\bvalue .* can't\b/g, "…");
  const types = [...rest.matchAll(/\b(?:to|type) ([A-Z][A-Z0-9_]*(?:\(\d+, ?\d+\))?)(?![\w'])/g)];
  const type = types.at(-1)?.[1];
  const column = /source column (.+)$/.exec(rest)?.[1];
  return [
    kind,
    ...(type === undefined ? [] : [`to ${type}`]),
    ...(column === undefined ? [] : [`column ${column}`]),
  ].join(", ");
}

/** Single quotes hold values, double quotes names, unless a colon says that a value comes. */
function masked(text: string): string {
  return text.replace(/'.*'|(?<=[:=] ?)".*"/g, "…");
}
