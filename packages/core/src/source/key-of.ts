import type { PageBytes } from "./page-bytes.ts";

/**
 * Members of a record that may be its key, by name; any text where the record's type is not known (nothing but {@link PageBytes} is
 * yielded).
 */
export type KeyOf<R> = unknown extends R
  ? string
  : [Exclude<R, PageBytes>] extends [never]
    ? string
    : // Spelt out, so that errors list the names: a plain `keyof` would be shown as "keyof Order".
      { [Name in Extract<keyof Exclude<R, PageBytes>, string>]: Name }[Extract<keyof Exclude<R, PageBytes>, string>];
