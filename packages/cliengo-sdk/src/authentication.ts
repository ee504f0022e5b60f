import { checkHeader } from "./check-options.ts";
import { untilAborted } from "./transport/until-aborted.ts";

/** A credential and where it goes. */
export interface Credential {
  readonly place: "query" | "header";
  readonly value: string;
}

/** Where the credentials of requests come from. */
export interface Authentication {
  /** The credential, where there is no other. */
  readonly fixed?: Credential | undefined;
  /** The credential to use now. */
  current(signal: AbortSignal | undefined): Promise<Credential>;
  /** After a 401: whether there is, or can be, a newer credential than the rejected one. */
  renew(rejected: Credential, signal: AbortSignal | undefined): Promise<boolean>;
}

/** The key in the query, as Cliengo documents it. */
export function apiKeyAuthentication(apiKey: string): Authentication {
  const credential: Credential = { place: "query", value: apiKey };
  return { fixed: credential, current: () => Promise.resolve(credential), renew: () => Promise.resolve(false) };
}

/** How a JWT is obtained and written into the header. */
export interface JwtOptions {
  /** The first JWT, where one is known. */
  readonly initial: string | undefined;
  /** Obtains a JWT; undefined where the only one is `initial`. */
  readonly exchange: (() => Promise<string>) | undefined;
  /** The value of the `Authorization` header. */
  readonly authorization: (jwt: string) => string;
  /** Is told each JWT before it is used, so that it can be masked. */
  readonly onJwt: (jwt: string) => void;
}

/** A JWT in the header: obtained on first use, kept until the API refuses it, obtained once for all who wait. */
export function jwtAuthentication(options: JwtOptions): Authentication {
  const { exchange } = options;
  const credentialOf = (jwt: string): Credential => {
    const value = options.authorization(jwt);
    checkHeader("The `Authorization` header of the JWT", value);
    options.onJwt(jwt);
    options.onJwt(value);
    return { place: "header", value };
  };
  let held: Promise<Credential> | undefined =
    options.initial === undefined ? undefined : Promise.resolve(credentialOf(options.initial));
  const obtain = (): Promise<Credential> => {
    // The options' check holds that there is a first JWT where there is no exchange.
    const fresh = (exchange?.() ?? Promise.reject(new Error("No JWT and no way to obtain one."))).then(credentialOf);
    // A failed exchange is not kept: the next request tries again.
    fresh.catch(() => {
      if (held === fresh) held = undefined;
    });
    return fresh;
  };

  // The exchange has no signal of its own caller: who else waits for it must not fail with it. Its timeout bounds it.
  const current = (signal: AbortSignal | undefined): Promise<Credential> => {
    held ??= obtain();
    return untilAborted(held, signal);
  };
  return {
    current,
    async renew(rejected, signal) {
      if (exchange === undefined) return false;
      const before = held;
      // Somebody else may have renewed it while this request was on the wire.
      if ((await current(signal)).value !== rejected.value) return true;
      // Of all who come here with the same rejected JWT, the first replaces it and the others share the new one.
      if (held === before) held = undefined;
      await current(signal);
      return true;
    },
  };
}
