import { randomFillSync } from "node:crypto";

/** Numbers from 0 up to, not including, 1. Passed in, so that a run can be replayed. */
export type Random = () => number;

/** The machine's source of chance; fit for tokens. */
export const systemRandom: Random = () => {
  const [high = 0, low = 0] = randomFillSync(new Uint32Array(2));
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
};

const letters = "0123456789abcdefghijklmnopqrstuvwxyz";

/** Text of digits and small letters: 5 bits and a little more each. */
export function randomToken(random: Random, length = 24): string {
  let token = "";
  while (token.length < length) token += letters.charAt(Math.floor(random() * letters.length));
  return token;
}
