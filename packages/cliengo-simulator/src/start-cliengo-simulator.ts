import { Authentication, type KeyControl } from "./authentication.ts";
import { ChangeScript, type ChangeControl } from "./change-script.ts";
import { FaultScript, type FaultControl } from "./fault-script.ts";
import { ListAnswers } from "./list-answers.ts";
import { CliengoModel } from "./model/cliengo-model.ts";
import { RequestLog, type RequestRecord } from "./request-log.ts";
import { checkNode } from "./check-node.ts";
import { createServer } from "./server.ts";
import { readSettings } from "./settings.ts";
import type { SimulatorOptions } from "./simulator-options.ts";

const base = "/1.0";

/** A Cliengo that is listening. */
export interface CliengoSimulator extends AsyncDisposable {
  /** The base URL, such as `http://127.0.0.1:41234/1.0`. */
  readonly url: string;
  readonly apiKey: string;
  /** All that it would answer, in full; changing it changes the answers. */
  readonly model: CliengoModel;
  /** What goes wrong. */
  readonly faults: FaultControl;
  /** What others change while the account is being read. */
  readonly changes: ChangeControl;
  /** Who may read; `revokeKey()` and `expireTokens()` take it away. */
  readonly authentication: KeyControl;
  /** The requests that came. */
  readonly requests: RequestRecord;
  /**
   * Every secret in play: the API key, the JWTs given out so far, and the sites' channel tokens. A program that
   * writes any of them down has leaked it.
   */
  secrets(): readonly string[];
  /** Stops listening and ends every connection, hanging ones too. Once is enough, twice does no harm. */
  close(): Promise<void>;
}

/**
 * Starts a Cliengo on 127.0.0.1, with a model made from a seed.
 *
 * Rejects with a `NodeVersionError` on a Node older than 22.18, with a `SimulatorOptionError` for an option that cannot be meant, and with the system's error (`EADDRINUSE`)
 * where the port is taken.
 *
 * @example
 * ```ts
 * await using simulator = await startCliengoSimulator({ seed: 7, contacts: 5000 });
 * simulator.faults.add({ kind: "status", status: 429, retryAfter: 1, match: { path: "/contacts", offset: 100 } });
 * const response = await fetch(`${simulator.url}/contacts?api_key=${simulator.apiKey}`);
 * if (!response.ok) throw new Error(`GET /contacts: ${response.status}`);
 * ```
 */
export async function startCliengoSimulator(options: SimulatorOptions = {}): Promise<CliengoSimulator> {
  checkNode();
  const settings = readSettings(options);
  const { seed, signal } = settings;
  signal?.throwIfAborted();
  const model = new CliengoModel(settings.size);
  const authentication = new Authentication({
    seed,
    apiKey: settings.apiKey,
    subject: model.owner.id,
    lifetime: settings.jwtLifetime,
    forms: settings.jwtForms,
    monotonic: settings.monotonic,
  });
  const faults = new FaultScript(seed);
  const changes = new ChangeScript(seed, model, authentication);
  const requests = new RequestLog(settings.requestLog);
  const closing = new AbortController();
  const lists = new ListAnswers(model, settings);
  const server = createServer({
    base,
    settings,
    model,
    authentication,
    lists,
    faults,
    changes,
    requests,
    closing: closing.signal,
  });

  const origin = await server.listen({ host: "127.0.0.1", port: settings.port });
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    signal?.removeEventListener("abort", closeOnAbort);
    closing.abort();
    closed ??= server.close();
    return closed;
  };
  const closeOnAbort = (): void => void close();
  signal?.addEventListener("abort", closeOnAbort, { once: true });
  if (signal?.aborted === true) {
    await close();
    signal.throwIfAborted();
  }

  return {
    url: `${origin}${base}`,
    apiKey: settings.apiKey,
    model,
    faults,
    changes,
    authentication,
    requests,
    secrets: () => [settings.apiKey, ...authentication.issued, ...channelSecrets(model)],
    close,
    [Symbol.asyncDispose]: close,
  };
}

function channelSecrets(model: CliengoModel): string[] {
  const secrets: string[] = [];
  for (const { wavyAccessToken, fbPageAccessToken } of model.sites) {
    for (const token of [wavyAccessToken, fbPageAccessToken]) if (token) secrets.push(token);
  }
  return secrets;
}
