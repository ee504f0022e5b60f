import { createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { ApiError } from "./api-error.ts";
import { Random, streamOf } from "./random.ts";

const stream = streamOf("authentication");

/** `Authorization: Bearer <jwt>`, `Authorization: <jwt>`, or the cookie `jwt`: the sources disagree on the form. */
export type JwtForm = "bearer" | "raw" | "cookie";

/** How a request showed who it is. */
export type Scheme = "api_key" | JwtForm | "none";

/** The API key of a simulator with this seed: a UUID in lower case. */
export function apiKeyOf(seed: number): string {
  const random = new Random(seed, stream, 0);
  return [8, 4, 4, 4, 12].map((digits) => random.hex(digits)).join("-");
}

/** What a script or a test may do to the key and its tokens. */
export interface KeyControl {
  /** Every JWT given out so far, for tests that search for leaks. */
  readonly issued: readonly string[];
  /** From now on the key and all its JWTs are refused with 401. */
  revokeKey(): void;
  restoreKey(): void;
  /** Ends every JWT given out so far; the key goes on working. */
  expireTokens(): void;
}

/** Who may read: holders of the API key, and of a JWT that has not expired. */
export class Authentication implements KeyControl {
  readonly apiKey: string;
  readonly #secret: string;
  readonly #subject: string;
  readonly #lifetime: number;
  readonly #forms: readonly JwtForm[];
  readonly #monotonic: () => number;
  /** When each token ends. Bounded by how many a client asks for. */
  readonly #ends = new Map<string, number>();
  #issued = 0;
  #revoked = false;

  constructor(options: {
    seed: number;
    apiKey: string;
    subject: string;
    lifetime: number;
    forms: readonly JwtForm[];
    monotonic: () => number;
  }) {
    this.apiKey = options.apiKey;
    this.#secret = new Random(options.seed, stream, 1).hex(32);
    this.#subject = options.subject;
    this.#lifetime = options.lifetime;
    this.#forms = options.forms;
    this.#monotonic = options.monotonic;
  }

  get issued(): readonly string[] {
    return [...this.#ends.keys()];
  }

  revokeKey(): void {
    this.#revoked = true;
  }

  restoreKey(): void {
    this.#revoked = false;
  }

  expireTokens(): void {
    for (const token of this.#ends.keys()) this.#ends.set(token, Number.NEGATIVE_INFINITY);
  }

  /** A new JWT for the key in the query, as `GET /jwt` answers it. */
  exchange(key: string | undefined): string {
    this.#checkKey(key);
    const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
    this.#issued += 1;
    const content = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ sub: this.#subject, jti: this.#issued })}`;
    const token = `${content}.${createHmac("sha256", this.#secret).update(content).digest("base64url")}`;
    this.#ends.set(token, this.#monotonic() + this.#lifetime);
    return token;
  }

  /** How the request shows who it is; throws the 401 that it deserves otherwise. */
  check(key: string | undefined, headers: IncomingHttpHeaders): void {
    const scheme = schemeOf(key, headers);
    if (scheme === "api_key") {
      this.#checkKey(key);
      return;
    }
    const token = scheme === "none" ? undefined : tokenOf(scheme, headers);
    const end = token === undefined ? undefined : this.#ends.get(token);
    if (scheme === "none") throw unauthenticated("No API key and no token were sent");
    if (!this.#forms.includes(scheme)) throw unauthenticated(`A token is not accepted in the form ${scheme}`);
    if (end === undefined || this.#revoked) throw unauthenticated("The token is not valid");
    if (end <= this.#monotonic()) throw unauthenticated("The token has expired");
  }

  #checkKey(key: string | undefined): void {
    if (key !== this.apiKey || this.#revoked) throw unauthenticated("The API key is not valid");
  }
}

export function schemeOf(key: string | undefined, headers: IncomingHttpHeaders): Scheme {
  if (key !== undefined) return "api_key";
  if (headers.authorization !== undefined) return /^bearer /i.test(headers.authorization) ? "bearer" : "raw";
  return cookieToken(headers) === undefined ? "none" : "cookie";
}

function tokenOf(form: JwtForm, headers: IncomingHttpHeaders): string | undefined {
  return form === "cookie" ? cookieToken(headers) : headers.authorization?.replace(/^bearer /i, "").trim();
}

function cookieToken(headers: IncomingHttpHeaders): string | undefined {
  return /(?:^|;\s*)jwt=([^;]*)/.exec(headers.cookie ?? "")?.[1];
}

function unauthenticated(reason: string): ApiError {
  return new ApiError(401, "unauthenticated", `The caller could not be authenticated. ${reason}`);
}
