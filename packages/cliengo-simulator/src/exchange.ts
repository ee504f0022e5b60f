import type { FastifyReply, FastifyRequest } from "fastify";
import { setTimeout as wait } from "node:timers/promises";
import { errorAnswer, type Answer } from "./answer.ts";
import { ApiError } from "./api-error.ts";
import { schemeOf, type Authentication } from "./authentication.ts";
import { sendBroken } from "./broken-wire.ts";
import type { ChangeScript } from "./change-script.ts";
import type { HangFault, HtmlFault, ResetFault, StatusFault } from "./fault.ts";
import { damagedAnswer, replacedAnswer } from "./fault-answer.ts";
import type { FaultScript, TakenFaults } from "./fault-script.ts";
import type { ListAnswers } from "./list-answers.ts";
import type { CliengoModel } from "./model/cliengo-model.ts";
import { Random, streamOf } from "./random.ts";
import { parseBody } from "./request-body.ts";
import type { LoggedRequest, RequestLog } from "./request-log.ts";
import { readRequest } from "./request-reader.ts";
import type { Route } from "./routes/route.ts";
import type { Settings } from "./settings.ts";
import type { SimulatorRequest } from "./simulator-request.ts";

const latencyStream = streamOf("latency");

/** What answering a request needs. */
export interface ExchangeParts {
  readonly base: string;
  readonly settings: Settings;
  readonly model: CliengoModel;
  readonly authentication: Authentication;
  readonly lists: ListAnswers;
  readonly faults: FaultScript;
  readonly changes: ChangeScript;
  readonly requests: RequestLog;
  /** Aborted when the simulator closes. */
  readonly closing: AbortSignal;
}

/** Answers one request: scripted changes, faults and waits first, then the route, then the faults of the wire. */
export async function exchange(
  parts: ExchangeParts,
  route: Route | undefined,
  incoming: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { requests, settings } = parts;
  const number = requests.nextNumber();
  const { request, apiKey } = readRequest(number, incoming.method, incoming.url, incoming.headers, parts.base);
  const entry: LoggedRequest = {
    ...request,
    authentication: schemeOf(apiKey, incoming.headers),
    body: typeof incoming.body === "string" && incoming.body !== "" ? incoming.body : undefined,
    at: settings.monotonic(),
    status: undefined,
    fault: undefined,
  };
  requests.begin(entry);
  reply.raw.once("close", () => requests.end());

  const scriptFailure = runChanges(parts.changes, request);
  const taken = parts.faults.take(request);
  entry.fault = taken.fault?.kind ?? taken.latencies[0]?.kind;
  await pause(parts, request, taken);
  if (parts.closing.aborted) return;

  const { fault } = taken;
  const lost = isLost(fault);
  let answer = scriptFailure;
  if (answer === undefined && (!lost || fault.applied === true))
    answer = answerOf(parts, route, incoming, request, apiKey, taken);
  if (lost && (fault.kind === "reset" || fault.kind === "hang")) {
    reply.hijack();
    // Of the request: an answer that stands in line behind another one has no socket yet.
    if (fault.kind === "reset") incoming.raw.socket.resetAndDestroy();
    return;
  }
  if (fault?.kind === "status" || fault?.kind === "html") answer = replacedAnswer(fault);
  if (answer === undefined) return;
  if (fault?.kind === "wrong-json" || fault?.kind === "bad-gzip") answer = damagedAnswer(answer, fault);
  entry.status = answer.status;
  await send(parts, incoming, reply, request, answer, fault);
}

/** Whether nothing of the right answer arrives, so that the request need not take effect. */
function isLost(fault: TakenFaults["fault"]): fault is StatusFault | HtmlFault | ResetFault | HangFault {
  if (fault?.kind === "status" || fault?.kind === "html") return true;
  return (fault?.kind === "reset" || fault?.kind === "hang") && fault.afterBytes === undefined;
}

async function pause(
  { settings, closing }: ExchangeParts,
  request: SimulatorRequest,
  taken: TakenFaults,
): Promise<void> {
  const { lowest, highest } = settings.latency;
  const usual =
    lowest === highest ? lowest : new Random(settings.seed, latencyStream, request.number).integer(lowest, highest);
  const milliseconds = taken.latencies.reduce((sum, latency) => sum + latency.milliseconds, usual);
  if (milliseconds > 0) await wait(milliseconds, undefined, { signal: closing }).catch(() => undefined);
}

function answerOf(
  parts: ExchangeParts,
  route: Route | undefined,
  incoming: FastifyRequest,
  request: SimulatorRequest,
  apiKey: string | undefined,
  taken: TakenFaults,
): Answer {
  const { settings, model, authentication, lists } = parts;
  try {
    if (route?.open !== true) authentication.check(apiKey, incoming.headers);
    if (route === undefined)
      throw new ApiError(404, "no_such_operation", `There is no operation ${request.method} ${request.path}`);
    const body = () => parseBody(typeof incoming.body === "string" ? incoming.body : "");
    // The route's own pattern has nothing but named segments.
    const params = incoming.params as Record<string, string>;
    return route.handle({ model, settings, authentication, lists, request, apiKey, params, body, fault: taken.fault });
  } catch (error) {
    if (error instanceof ApiError) return errorAnswer(error, settings.errorBody);
    return failure("The simulator failed", error);
  }
}

/** Makes the scripted changes; a script that throws is answered with 500, so that its test notices. */
function runChanges(changes: ChangeScript, request: SimulatorRequest): Answer | undefined {
  try {
    changes.run(request);
    return undefined;
  } catch (error) {
    return failure("A scripted change failed", error);
  }
}

function failure(what: string, error: unknown): Answer {
  const reason = error instanceof Error ? error.message : String(error);
  return errorAnswer(new ApiError(500, "simulator_failed", `${what}: ${reason}`), "object");
}

async function send(
  parts: ExchangeParts,
  incoming: FastifyRequest,
  reply: FastifyReply,
  request: SimulatorRequest,
  answer: Answer,
  fault: TakenFaults["fault"],
): Promise<void> {
  const compressed =
    parts.settings.gzip && fault?.kind !== "bad-gzip" && acceptsGzip(incoming.headers["accept-encoding"]);
  const bytes = compressed ? await answer.body.gzip() : answer.body.bytes;
  const headers = {
    "content-type": answer.contentType,
    "access-control-allow-origin": "*",
    vary: "accept-encoding",
    "x-request-id": `simulated-${request.number}`,
    ...answer.headers,
    ...(compressed ? { "content-encoding": "gzip" } : {}),
  };
  if (fault?.kind === "cut-body" || fault?.kind === "slow-body" || fault?.kind === "reset" || fault?.kind === "hang") {
    reply.hijack();
    await sendBroken(reply.raw, { status: answer.status, headers }, bytes, fault, parts.closing);
    return;
  }
  await reply.code(answer.status).headers(headers).send(bytes);
}

function acceptsGzip(header: string | string[] | undefined): boolean {
  return /\bgzip\b(?!;\s*q=0(\.0+)?\s*(,|$))/i.test(String(header ?? ""));
}
