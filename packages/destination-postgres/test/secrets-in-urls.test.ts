import { inspect } from "node:util";
import { isTypeloadError } from "@typeload/core";
import { postgres } from "@typeload/destination-postgres";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePostgresUrl } from "../src/postgres-url.ts";

/** Everything that making a destination shows: its location, or the error, causes included. */
function shown(options: Parameters<typeof postgres>[0]): string {
  try {
    const destination = postgres(options);
    return `${destination.location} ${inspect(destination, { depth: 10 })}`;
  } catch (error) {
    if (!isTypeloadError(error)) throw error;
    return `${error.message} ${inspect(error, { depth: 10 })}`.replaceAll(/^ +at .*$/gm, "");
  }
}

describe("a URL whose password was not encoded, or that was mistyped", () => {
  it.each([
    "postgres:/loader:hunter2@127.0.0.1/db",
    "postgres:loader:hunter2@127.0.0.1/db",
    "postgres:///loader:hunter2@127.0.0.1/db",
    "postgres:///hunter2",
    "postgres://loader:12/hunter2@127.0.0.1/db",
    "postgres://loader:12?hunter2@127.0.0.1/db",
    "postgres://loader:12?sslmode=hunter2@127.0.0.1/db",
    "postgres://loader:12?host=hunter2@127.0.0.1/db",
    "postgres://loader:12?port=hunter2@127.0.0.1/db",
    "postgres://loader:12?dbname=hunter2@127.0.0.1/db",
    "postgres://loader:12?sslkey=hunter2@127.0.0.1/db",
    "postgres://loader:12#hunter2@127.0.0.1/db",
    "postgres://loader:hunter2%@127.0.0.1/db%",
    "postgres://loader:hunter2@[::1/db",
    "hunter2:hunter2@127.0.0.1/db",
    "loader:hunter2@127.0.0.1/db",
    "hunter2",
    "",
  ])("%s is refused, and nothing of it repeated", (url) => {
    expect(() => postgres(url)).toThrow(expect.objectContaining({ code: "configuration" }));
    expect(shown(url)).not.toContain("hunter2");
  });

  it("is refused as a single option too", () => {
    const url = "postgres://loader:hunter2@127.0.0.1/db";
    for (const options of [{ host: url }, { host: "h", database: url }]) {
      expect(() => postgres(options)).toThrow(expect.objectContaining({ code: "configuration" }));
      expect(shown(options)).not.toContain("hunter2");
    }
  });

  const odd = fc.string({ unit: fc.constantFrom(..."@/:?#%&=[]\\+ ;,'\"é~`$|<>{}^1x"), maxLength: 6 });
  const beginnings = [
    "postgres://",
    "postgresql://",
    "POSTGRES://",
    "postgres:/",
    "postgres:",
    "postgres:///",
    "",
    "//",
  ];
  const ends = ["@127.0.0.1:5432/db", "@[::1]/db", "@/db", "@h", "@h/db?sslmode=require", "@h/db?application_name=a"];

  it("shows no credential, whatever characters it has", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...beginnings),
        fc.constantFrom(...ends),
        fc.tuple(odd, odd, odd, odd),
        (beginning, end, [before, after, user, more]) => {
          const password = `${before}hunter2${after}`;
          expect(shown(`${beginning}${user}:${password}${end}`).toLowerCase()).not.toContain("hunter2");
          expect(shown(`${beginning}u:${more}&password=${password}${end}`).toLowerCase()).not.toContain("hunter2");
          expect(shown(`postgres://u@h/db?password=${password}`).toLowerCase()).not.toContain("hunter2");
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("a URL with encoded credentials", () => {
  it("gives them to the driver as they are, and shows none", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).filter((value) => value.isWellFormed());
    fc.assert(
      fc.property(text, text, (user, rest) => {
        const password = `hunter2${rest}`;
        const [name, secret] = [encodeURIComponent(user), encodeURIComponent(password)];
        for (const url of [
          `postgres://${name}:${secret}@127.0.0.1:6543/db`,
          `postgresql://127.0.0.1:6543/db?user=${name}&password=${secret}`,
          `postgres:///?host=127.0.0.1&port=6543&dbname=db&user=${name}&password=${secret}`,
        ]) {
          expect(parsePostgresUrl(url)).toEqual({ host: "127.0.0.1", port: 6543, database: "db", user, password });
          expect(postgres(url).location).toBe("127.0.0.1:6543/db");
          expect(shown(url)).not.toContain("hunter2");
        }
      }),
    );
  });

  it("takes a plus in a parameter for a plus", () => {
    expect(parsePostgresUrl("postgres://h/db?password=a+b")).toMatchObject({ password: "a+b" });
  });
});

describe("what a URL says of TLS", () => {
  it.each<[string, unknown]>([
    ["", undefined],
    ["?sslmode=disable", false],
    ["?sslmode=no-verify", { rejectUnauthorized: false }],
    ["?sslmode=prefer", {}],
    ["?sslmode=require", {}],
    ["?sslmode=verify-ca", {}],
    ["?sslmode=verify-full", {}],
    ["?sslmode=verify-full&sslrootcert=system", {}],
  ])("%s", (parameters, ssl) => {
    expect(parsePostgresUrl(`postgres://h/db${parameters}`).ssl).toEqual(ssl);
  });
});
