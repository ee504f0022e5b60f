import { Cliengo, type CliengoError, type CliengoOptions, isCliengoError } from "@typeload/cliengo-sdk";

/** Looks like a key of Cliengo. */
export const apiKey = "0badc0de-0000-4000-8000-c0ffee000001";

/** A client that retries at once and has no rate limit, for tests of other things. */
export function client(options: CliengoOptions): Cliengo {
  return new Cliengo({
    apiKey,
    rateLimit: false,
    ...options,
    retry: { baseDelay: 0, maxRetryAfter: 0, ...options.retry },
  });
}

/** The error a call fails with; a test fails where it succeeds or fails with anything else. */
export async function failureOf(call: PromiseLike<unknown>): Promise<CliengoError> {
  try {
    await call;
  } catch (error) {
    if (isCliengoError(error)) return error;
    throw error;
  }
  throw new Error("The call succeeded.");
}
