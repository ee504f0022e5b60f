import { parseArgs } from "node:util";
import { ConfigurationError } from "@typeload/core";

/** What the command line says. */
export interface QuickstartOptions {
  readonly help: boolean;
  readonly postgres: string | undefined;
  readonly contacts: number;
  readonly conversations: number;
  readonly seed: number;
}

export const help = `npm start                       load into cliengo.duckdb
npm start -- --postgres URL     load into Postgres (postgres://user:password@host:5432/database)

With CLIENGO_API_KEY in the environment or in a file .env the data comes from Cliengo, otherwise from the
bundled simulator, whose size these options set:
  --contacts N        contacts (default 3000)
  --conversations N   conversations (default 300)
  --seed N            another account with other data (default 1)
  --help              this text

Ctrl-C stops cleanly; the next start goes on from there. Exit codes: 0 done, 1 failed, 2 wrong usage, key or
configuration, 3 a part was loaded, 130 interrupted.
`;

/** Reads the command line. @throws ConfigurationError for what it does not know */
export function parseOptions(args: readonly string[]): QuickstartOptions {
  const { values } = parse(args);
  return {
    help: values.help ?? false,
    postgres: values.postgres,
    contacts: count("contacts", values.contacts, 3000),
    conversations: count("conversations", values.conversations, 300),
    seed: count("seed", values.seed, 1),
  };
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean", short: "h" },
        postgres: text,
        contacts: text,
        conversations: text,
        seed: text,
      },
    });
  } catch (error) {
    throw new ConfigurationError(`${error instanceof Error ? error.message : String(error)}\n\n${help}`, {
      cause: error,
    });
  }
}

function count(option: string, text: string | undefined, byDefault: number): number {
  const value = text === undefined ? byDefault : Number(text);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new ConfigurationError(`--${option} must be a whole number of at least 0, it is ${JSON.stringify(text)}`);
  }
  return value;
}
