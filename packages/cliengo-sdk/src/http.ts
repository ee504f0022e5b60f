import type { paths } from "./generated/cliengo-api.gen.ts";
import type { RequestOptions } from "./request-options.ts";
import type { ApiResponse } from "./transport/api-request.ts";
import type { RequestParts } from "./transport/build-request.ts";

/** The verbs of the API. */
export type ApiMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** The paths of the API that know a verb, as written in its description: `/contacts/{contactId}`. */
export type ApiPath<M extends ApiMethod> = {
  [P in keyof paths]: paths[P] extends Record<Lowercase<M>, { responses: unknown }> ? P : never;
}[keyof paths];

type Operation<M extends ApiMethod, P extends ApiPath<M>> = paths[P][Lowercase<M> & keyof paths[P]];

// A part that the operation does not have is left out; one that is not required may be left out.
type Part<Name extends string, T> = [Exclude<T, undefined>] extends [never]
  ? unknown
  : undefined extends T
    ? { [K in Name]?: LooseOptional<Exclude<T, undefined>> | undefined }
    : { [K in Name]: LooseOptional<T> };

type LooseOptional<T> = T extends object
  ? { [K in keyof T]: Partial<Pick<T, K>> extends Pick<T, K> ? T[K] | undefined : T[K] }
  : T;

type ParameterOf<O, Place extends string> = O extends { parameters: infer All }
  ? Place extends keyof All
    ? All[Place]
    : undefined
  : undefined;

type BodyOf<O> = O extends { requestBody: { content: { "application/json": infer Body } } }
  ? Body
  : O extends { requestBody?: { content: { "application/json": infer Body } } }
    ? Body | undefined
    : undefined;

/** What an operation takes: `path`, `query` and `body`, each where it has one. */
export type ApiInput<M extends ApiMethod, P extends ApiPath<M>> = Part<"path", ParameterOf<Operation<M, P>, "path">> &
  Part<"query", Exclude<ParameterOf<Operation<M, P>, "query">, undefined> | undefined> &
  Part<"body", BodyOf<Operation<M, P>>>;

/** What an operation answers with a status of success. */
export type ApiOutput<M extends ApiMethod, P extends ApiPath<M>> =
  Operation<M, P> extends { responses: infer Responses }
    ? {
        [Status in keyof Responses & (200 | 201 | 202)]: Responses[Status] extends {
          content: { "application/json": infer Body };
        }
          ? Body
          : undefined;
      }[keyof Responses & (200 | 201 | 202)]
    : never;

/** An answer as bytes. */
export interface RawAnswer {
  /** The body as received, decompressed. It was checked to be JSON in UTF-8. */
  readonly bytes: Uint8Array;
  readonly status: number;
  /** What was asked, without credentials. */
  readonly request: RawRequest;
  /** The server's `Date` header. */
  readonly date: string | undefined;
}

/** A request without credentials, as it may be logged and stored. */
export interface RawRequest {
  readonly method: string;
  /** Relative to the base URL, for instance `/contacts`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** Low-level calls, typed by the API's description, with the client's credentials, retries and limits. */
export interface CliengoHttp {
  /**
   * Calls any operation.
   *
   * @example
   * const site = await cliengo.http.request("GET", "/sites/{id}", { path: { id } });
   */
  request<M extends ApiMethod, P extends ApiPath<M>>(
    method: M,
    path: P,
    input: ApiInput<M, P>,
    options?: RequestOptions,
  ): Promise<ApiOutput<M, P>>;

  /** Reads any path as bytes: no digit of a number is lost. */
  raw<P extends ApiPath<"GET">>(path: P, input: ApiInput<"GET", P>, options?: RequestOptions): Promise<RawAnswer>;
}

/** Sends a call that its caller has typed. */
export type SendCall = (
  method: ApiMethod,
  path: string,
  parts: RequestParts,
  options: RequestOptions | undefined,
) => Promise<ApiResponse>;

/** The typed face of `send`. @param baseUrl is cut off the paths of raw answers. */
export function createHttp(send: SendCall, baseUrl: string): CliengoHttp {
  return {
    async request(method, path, input, options) {
      const { json } = await send(method, path, partsOf(input), options);
      // The description of the API is what types an answer; it is not validated at run time.
      return json as ApiOutput<typeof method, typeof path>;
    },
    async raw(path, input, options) {
      const answer = await send("GET", path, partsOf(input), options);
      return { bytes: answer.bytes, status: answer.status, request: rawRequest(answer, baseUrl), date: dateOf(answer) };
    },
  };
}

function partsOf(input: unknown): RequestParts {
  // An input has these members at most; which of them depends on the operation.
  return input as RequestParts;
}

/** What was asked for an answer. */
export function rawRequest(answer: ApiResponse, baseUrl: string): RawRequest {
  const url = new URL(answer.request.url);
  const basePath = new URL(baseUrl).pathname.replace(/\/$/, "");
  return {
    method: answer.request.method,
    path: url.pathname.slice(basePath.length),
    query: Object.fromEntries(url.searchParams),
  };
}

/** The server's clock at an answer. */
export function dateOf(answer: ApiResponse): string | undefined {
  return answer.headers.get("date") ?? undefined;
}
