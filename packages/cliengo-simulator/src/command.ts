import { parseArgs } from "node:util";
import type { SimulatorOptions } from "./simulator-options.ts";

export const usage = `cliengo-simulator: a Cliengo on loopback, for tests, demos and benchmarks

  npx @typeload/cliengo-simulator --contacts 5000 --seed 7

  --seed N            the same seed gives the same data (default 1)
  --contacts N        default 500
  --conversations N   default a quarter of the contacts
  --messages N        average per conversation (default 20)
  --users N           default 6
  --sites N           default 4
  --port N            default any free port
  --ceiling N|off     greatest offset that is answered, for every list (default 1000)
  --latency MS        wait before every answer (default 0)
  --fault-rate R      part of the requests, 0 to 1, that fail: 429, 503, or a reset connection (default 0)
  --help              this text
`;

/** What the command line asks for. */
export interface Command {
  readonly help: boolean;
  readonly options: SimulatorOptions;
  readonly faultRate: number;
}

/** Reads the command line; throws an error with a message for the user where it cannot be meant. */
export function readCommand(args: readonly string[]): Command {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: "string" },
      contacts: { type: "string" },
      conversations: { type: "string" },
      messages: { type: "string" },
      users: { type: "string" },
      sites: { type: "string" },
      port: { type: "string" },
      ceiling: { type: "string" },
      latency: { type: "string" },
      "fault-rate": { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  const number = (name: keyof typeof values): number | undefined => {
    const text = values[name];
    if (typeof text !== "string") return undefined;
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (!Number.isFinite(value)) throw new TypeError(`--${name} ${text} is no number`);
    return value;
  };
  const faultRate = number("fault-rate") ?? 0;
  if (faultRate < 0 || faultRate > 1) throw new TypeError("--fault-rate must be from 0 to 1");
  return {
    help: values.help === true,
    faultRate,
    options: {
      seed: number("seed"),
      contacts: number("contacts"),
      conversations: number("conversations"),
      messagesPerConversation: number("messages"),
      users: number("users"),
      sites: number("sites"),
      port: number("port"),
      ceiling: values.ceiling === "off" ? false : number("ceiling"),
      latency: number("latency"),
    },
  };
}
