import { Random, streamOf } from "../random.ts";

const stream = streamOf("channel-tokens");

/** The channel credentials of one site. */
export interface ChannelTokens {
  readonly wavyAccessToken?: string | null;
  readonly fbPageAccessToken?: string | null;
}

/**
 * The channel credentials of the `site`-th site (0 is the oldest) of a simulator with this seed. They begin with
 * `canary-` so that a test can search everything a program wrote for them. The first site has both; of the
 * others one in three lacks one of them, or has null.
 */
export function channelTokens(seed: number, site: number): ChannelTokens {
  const random = new Random(seed, stream, site);
  const wavyAccessToken = `canary-wavy-${random.hex(24)}`;
  const fbPageAccessToken = `canary-fb-${random.hex(40)}`;
  switch (site % 6) {
    case 2:
      return { wavyAccessToken: null, fbPageAccessToken };
    case 5:
      return { wavyAccessToken };
    default:
      return { wavyAccessToken, fbPageAccessToken };
  }
}
