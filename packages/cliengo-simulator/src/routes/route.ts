import type { Answer } from "../answer.ts";
import type { Authentication } from "../authentication.ts";
import type { JsonObject } from "../json-value.ts";
import type { ListAnswers } from "../list-answers.ts";
import type { CliengoModel } from "../model/cliengo-model.ts";
import type { Fault } from "../fault.ts";
import type { Settings } from "../settings.ts";
import type { SimulatorRequest } from "../simulator-request.ts";

/** One request on its way to an answer. */
export interface Call {
  readonly model: CliengoModel;
  readonly settings: Settings;
  readonly authentication: Authentication;
  readonly request: SimulatorRequest;
  readonly lists: ListAnswers;
  /** The fault that this request meets, for those that concern a list. */
  readonly fault: Fault | undefined;
  /** The API key as it came, for the exchange. */
  readonly apiKey: string | undefined;
  /** The named segments of the path. */
  readonly params: Readonly<Record<string, string>>;
  /** Reads the body as an object; throws the 400 it deserves otherwise. */
  readonly body: () => JsonObject;
}

/** One operation of the API. */
export interface Route {
  /** The operation's name in the OpenAPI file. */
  readonly operationId: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The path below the base URL, with `:name` for segments that vary. */
  readonly path: string;
  /** Answered without a key; only the exchange, which checks the key itself. */
  readonly open?: boolean;
  readonly handle: (call: Call) => Answer;
}

/** A segment of the path that the route's own pattern names. */
export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new TypeError(`The route ${call.request.path} has no segment ${name}`);
  return value;
}
