#!/usr/bin/env node
import { readCommand, usage, type Command } from "./command.ts";
import { SimulatorOptionError } from "./simulator-option-error.ts";
import { startCliengoSimulator, type CliengoSimulator } from "./start-cliengo-simulator.ts";

async function main(): Promise<void> {
  let command: Command;
  try {
    command = readCommand(process.argv.slice(2));
  } catch (error) {
    fail(error, 2);
    return;
  }
  if (command.help) {
    process.stdout.write(usage);
    return;
  }
  let simulator: CliengoSimulator;
  try {
    simulator = await startCliengoSimulator(command.options);
  } catch (error) {
    fail(error, error instanceof SimulatorOptionError ? 2 : 1);
    return;
  }
  if (command.faultRate > 0) {
    simulator.faults.storm({
      rate: command.faultRate,
      faults: [{ kind: "status", status: 429, retryAfter: 1 }, { kind: "status", status: 503 }, { kind: "reset" }],
    });
  }
  const { contacts, conversations } = simulator.model;
  process.stdout.write(
    `Cliengo simulator: ${contacts.size} contacts, ${conversations.size} conversations\n` +
      `url  ${simulator.url}\nkey  ${simulator.apiKey}\n` +
      `try  curl "${simulator.url}/contacts?limit=1&api_key=${simulator.apiKey}"\nCtrl-C stops it\n`,
  );
  const stop = (): void => {
    void simulator.close();
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function fail(error: unknown, exitCode: number): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = exitCode;
}

await main();
