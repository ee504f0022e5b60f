import { startCliengoSimulator } from "@typeload/cliengo-simulator";
import type { CliengoSimulator } from "@typeload/cliengo-simulator";
import { PipelineRunError, isTypeloadError } from "@typeload/core";
import { postgres } from "@typeload/destination-postgres";
import { describeError, exitCode, formatReport, terminalProgress } from "typeload/terminal";
import { load } from "./load.ts";
import { loadEnvFile } from "./load-env-file.ts";
import { help, parseOptions } from "./options.ts";
import type { QuickstartOptions } from "./options.ts";
import { stopOnSignals } from "./stop-on-signals.ts";

const queries = [
  "SELECT name, email, creation_date FROM cliengo_data.contacts ORDER BY creation_date DESC LIMIT 10",
  "SELECT channel, count(*) AS conversations FROM cliengo_data.conversations GROUP BY channel",
  "SELECT c.visitor_name, m.sent_at, m.body FROM cliengo_data.conversation_messages m JOIN cliengo_data.conversations c ON c.id = m.conversation_id ORDER BY m.sent_at LIMIT 10",
];

// A file or a pipe has no width.
const { columns } = process.stdout;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(help);
  else await quickstart(options);
} catch (error) {
  if (error instanceof PipelineRunError && error.report.packages.some(({ outcome }) => outcome === "committed"))
    process.stdout.write(`\n${formatReport(error.report, { columns })}\n`);
  say(describeError(error));
  if (isTypeloadError(error) && error.code === "other_identity")
    say("Here: `npm start -- --fresh` drops what is loaded and begins anew with the other account.");
  process.exitCode = exitCode(error);
}

async function quickstart(options: QuickstartOptions): Promise<void> {
  loadEnvFile();
  using stop = stopOnSignals(say);
  await using simulator = await simulatorUnlessKey(options, stop.signal);
  using progress = terminalProgress({ stream: process.stderr });
  const { report, statuses } = await load({
    cliengo: {
      // The simulator has no rate limit to respect.
      ...(simulator === undefined ? {} : { apiKey: simulator.apiKey, baseUrl: simulator.url, rateLimit: false }),
      onRetry: ({ delay, error }) => progress.waiting(delay, error.message),
    },
    ...(options.postgres === undefined ? {} : { destination: postgres(options.postgres) }),
    fresh: options.fresh,
    takeOver: options.takeOver,
    signal: stop.signal,
    onEvent: progress.onEvent,
  });
  const found = statuses.map(({ status, contacts }) => `${String(status)} ${String(contacts)}`).join(", ");
  process.stdout.write(`\n${formatReport(report, { queries, columns })}\nContacts by status: ${found}\n`);
}

async function simulatorUnlessKey(
  { contacts, conversations, seed }: QuickstartOptions,
  signal: AbortSignal,
): Promise<CliengoSimulator | undefined> {
  if ((process.env["CLIENGO_API_KEY"] ?? "") !== "") {
    say("Loading from Cliengo (CLIENGO_API_KEY is set).");
    return undefined;
  }
  say(
    `CLIENGO_API_KEY is not set: starting the bundled simulator (${contacts} contacts, ${conversations} conversations, seed ${seed}).\n` +
      "To load your own account, put CLIENGO_API_KEY=… into a file .env (in Cliengo: Chatbots > Integrations > API > Generate API Key).",
  );
  return await startCliengoSimulator({ contacts, conversations, messagesPerConversation: 8, seed, signal });
}
