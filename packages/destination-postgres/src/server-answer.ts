/** What the server says of an error besides its text, and what of it names things and never quotes rows. */
const named = ["severity", "code", "schema", "table", "column", "dataType", "constraint", "routine"] as const;

/** Is this the server's own answer to a statement? Seen by its form: a pool may come from another copy of pg. */
export function isAnswer(error: unknown): error is Error {
  return error instanceof Error && "severity" in error;
}

/**
 * An answer of the server as it may be shown. `detail`, `where`, `hint` and internal statements quote rows (`Failing row contains …`), and
 * so do the texts of errors about a value (class 22: `invalid input syntax for type integer: "…"`). Anything else is given back as it is.
 */
export function withoutData(error: unknown): unknown {
  if (!isAnswer(error)) return error;
  const shown = new Error(textWithoutData(error));
  shown.name = "PostgresError";
  for (const name of named) {
    const value: unknown = Reflect.get(error, name);
    if (typeof value === "string") Object.assign(shown, { [name]: value });
  }
  return shown;
}

function textWithoutData(error: Error): string {
  const code: unknown = Reflect.get(error, "code");
  return typeof code === "string" && code.startsWith("22") ? error.message.replace(/".*"/s, '"…"') : error.message;
}
