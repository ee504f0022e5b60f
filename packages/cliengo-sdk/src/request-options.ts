/** What every method takes as its last argument. */
export interface RequestOptions {
  /** Stops the call at whatever stage it is: waiting for its turn, on the wire, before a retry. Rejects with `AbortedError`. */
  signal?: AbortSignal | undefined;
  /** Milliseconds an attempt may take, body included. Default: the client's `timeout`. */
  timeout?: number | undefined;
  /** How often the request may be sent, 1 for no retry. Default: the client's `retry.maxAttempts`. */
  maxAttempts?: number | undefined;
  /** Milliseconds for all attempts and the waits between them. Default: the client's `retry.budget`. */
  budget?: number | undefined;
}
