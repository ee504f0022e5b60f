import { objectId } from "../object-id.ts";
import { streamOf } from "../random.ts";

const day = 86_400_000;
const streams = { account: streamOf("account"), users: streamOf("users"), sites: streamOf("sites") };

/** What every record of one simulator has in common, and how records name each other. */
export interface World {
  readonly seed: number;
  /** The date of the simulated present, epoch milliseconds. */
  readonly now: number;
  readonly users: number;
  readonly sites: number;
  readonly hostileText: boolean;
  readonly contacts: number;
  readonly conversations: number;
}

/** Another size is another account, as it is with another seed: its lists share no history. */
export function accountId(world: World): string {
  const size = (world.contacts * 7919 + world.conversations) % 65_536;
  return objectId(world.seed, streams.account, size, accountCreated(world));
}

export function accountCreated(world: World): number {
  return world.now - 1_500 * day;
}

export function userId(world: World, index: number): string {
  return objectId(world.seed, streams.users, index, userCreated(world, index));
}

export function userCreated(world: World, index: number): number {
  return accountCreated(world) + index * 9 * 3_600_000;
}

export function siteId(world: World, index: number): string {
  return objectId(world.seed, streams.sites, index, siteCreated(world, index));
}

export function siteCreated(world: World, index: number): number {
  return accountCreated(world) + 3_600_000 + index * 31 * 3_600_000 + (index % 3) * 137;
}

export function siteTitle(index: number): string {
  const titles = [
    "Tienda Norte",
    "Clínica San José",
    "Inmobiliaria Ñ & Co.",
    "متجر",
    'Autos "El Rápido"',
    "Escola 🎸",
  ] as const;
  const title = titles[index % titles.length] ?? "Site";
  return index < titles.length ? title : `${title} ${index}`;
}
