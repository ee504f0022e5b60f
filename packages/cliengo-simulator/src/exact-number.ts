/** A number whose spelling is kept: `1.10`, `1e3` or `9223372036854775807` as written. `JSON.stringify` writes `rawJSON` as it is. */
export interface ExactNumber {
  readonly rawJSON: string;
}

// V8 has both since Node 21; TypeScript's lib does not declare them yet.
const json = JSON as typeof JSON & {
  rawJSON(text: string): ExactNumber;
  isRawJSON(value: unknown): value is ExactNumber;
};

/** The number written exactly as `text` says; throws a `SyntaxError` when `text` is no JSON number. */
export function exactNumber(text: string): ExactNumber {
  if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(text))
    throw new SyntaxError(`${JSON.stringify(text)} is no JSON number`);
  return json.rawJSON(text);
}

export function isExactNumber(value: unknown): value is ExactNumber {
  return json.isRawJSON(value);
}
