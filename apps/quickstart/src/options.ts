import { parseArgs } from "node:util";
import { ConfigurationError } from "@typeload/core";

/** What the command line says. */
export interface QuickstartOptions {
  readonly help: boolean;
  /** Drop what is loaded and begin anew. */
  readonly fresh: boolean;
  /** Go on although another run holds the lease. */
  readonly takeOver: boolean;
  readonly postgres: string | undefined;
  readonly contacts: number;
  readonly conversations: number;
  readonly seed: number;
}

/** What the simulator has room for. */
const mostRecords = 16_000_000;

export const help = `npm start                       load into cliengo.duckdb
npm start -- --postgres URL     load into Postgres (postgres://user:password@host:5432/database)

npm start -- --fresh            drop what is loaded, and begin anew (with another account, for example)
npm start -- --take-over        go on although another run seems to be at work: it died on another machine

With CLIENGO_API_KEY in the environment or in a file .env the data comes from Cliengo, otherwise from the
bundled simulator. These options say how big its account is; each choice is an account of its own, so after a
load of another one --fresh is needed:
  --contacts N        contacts (default 3000)
  --conversations N   conversations (default 300)
  --seed N            other data (default 1)
  --help              this text

Ctrl-C stops cleanly; the next start goes on from there. Exit codes: 0 done, 1 failed, 2 wrong usage, key or
configuration, 3 failed after a part was loaded, 130 interrupted. A list that Cliengo gives only in part is said to
be truncated in the report; that is no failure.
`;

/** Reads the command line. @throws ConfigurationError for what it does not know */
export function parseOptions(args: readonly string[]): QuickstartOptions {
  const { values } = parse(args);
  return {
    help: values.help ?? false,
    fresh: values.fresh ?? false,
    takeOver: values["take-over"] ?? false,
    postgres: values.postgres,
    contacts: count("contacts", values.contacts, 3000, mostRecords),
    conversations: count("conversations", values.conversations, 300, mostRecords),
    seed: count("seed", values.seed, 1, Number.MAX_SAFE_INTEGER),
  };
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean", short: "h" },
        fresh: { type: "boolean" },
        "take-over": { type: "boolean" },
        postgres: text,
        contacts: text,
        conversations: text,
        seed: text,
      },
    });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    // Node explains at length that a value may look like an option; here, no value does.
    const negative = /'--(\w+)' argument is ambiguous/.exec(said)?.[1];
    const what = negative === undefined ? said : `--${negative} must be a whole number of at least 0`;
    throw new ConfigurationError(`${what}\n\n${help}`, { cause: error });
  }
}

function count(option: string, text: string | undefined, byDefault: number, most: number): number {
  const value = text === undefined ? byDefault : Number(text);
  if (text?.trim() === "" || !Number.isSafeInteger(value) || value < 0 || value > most) {
    const upTo = value > most ? ` and at most ${most}` : "";
    throw new ConfigurationError(
      `--${option} must be a whole number of at least 0${upTo}, it is ${JSON.stringify(text)}`,
    );
  }
  return value;
}
