import { isCliengoError } from "@typeload/cliengo-sdk";
import type { Cliengo } from "@typeload/cliengo-sdk";

/**
 * The id of the account that the key belongs to. A key that may not see the account (403, 404) gives none, and then nothing is checked.
 *
 * @throws the SDK's errors for everything else: a wrong key is told before anything is read.
 */
export async function accountIdentity(client: Cliengo, signal: AbortSignal): Promise<string | undefined> {
  try {
    const { id } = await client.account.get({}, { signal });
    return typeof id === "string" && id !== "" ? `account ${id}` : undefined;
  } catch (error) {
    if (isCliengoError(error) && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
}
