import { writeDate } from "../date-forms.ts";
import type { JsonValue } from "../json-value.ts";
import { Random, streamOf } from "../random.ts";
import { sampleFirstName, sampleLastName } from "../sample-texts.ts";
import { generatedSource } from "./generated-source.ts";
import type { RecordSource } from "./record-list.ts";
import { accountId, siteId, userCreated, userId, type World } from "./world.ts";

const stream = streamOf("users");

/** A user, as `GET /users/{id}` answers it; lists leave out `roles`, `privileges` and `alreadyClosedFirstModal`. */
export interface User {
  readonly id: string;
  readonly companyId: string;
  readonly name: string;
  readonly email: string;
  readonly [member: string]: JsonValue | undefined;
}

/** Users, newest first: the user of the API key, who came first, is the last one. */
export function userSource(world: World): RecordSource<User> {
  const numberOf = (index: number): number => world.users - 1 - index;
  const source = generatedSource<User>({
    seed: world.seed,
    stream,
    size: world.users,
    created: (index) => userCreated(world, numberOf(index)),
    make: (index) => makeUser(world, numberOf(index)),
    listed: ({ roles: _roles, privileges: _privileges, alreadyClosedFirstModal: _closed, ...listed }) => listed,
  });
  return {
    ...source,
    id: (index) => userId(world, numberOf(index)),
    // Users are few: looking through them is cheap.
    indexOf: (id) => {
      for (let index = 0; index < world.users; index++) if (userId(world, numberOf(index)) === id) return index;
      return undefined;
    },
  };
}

function makeUser(world: World, number: number): User {
  const random = new Random(world.seed, stream, number);
  const restricted = number > 0 && random.chance(0.3);
  return {
    id: userId(world, number),
    companyId: accountId(world),
    name: `${sampleFirstName(random)} ${sampleLastName(random)}`,
    email: `user${number}@example.com`,
    phone: random.chance(0.5) ? `+54911${random.integer(10_000_000, 99_999_999)}` : null,
    language: random.pick(["es", "en", "pt"]),
    creationDate: writeDate(userCreated(world, number), random.integer(0, 4)),
    deleted: number > 0 && random.chance(0.1),
    deletable: number > 0,
    delighted: false,
    isSuperUser: number === 0,
    isEmailVerified: random.chance(0.9),
    isTempPassword: false,
    notificationsSilenced: random.chance(0.2),
    ...(random.chance(0.7) ? { mobileNotificationsSilenced: random.chance(0.5) } : {}),
    allowedWebsiteIds: restricted && world.sites > 0 ? [siteId(world, number % world.sites)] : [],
    permissions:
      number === 0
        ? ["admin"]
        : restricted
          ? ["clients_read_assigned", "chat_talk"]
          : ["clients_read", "websites_read"],
    roles: number === 0 ? ["ADMIN"] : ["OPERATOR"],
    privileges: number === 0 ? "ADMIN" : "",
    alreadyClosedFirstModal: random.chance(0.5),
    imageUrl: random.chance(0.5) ? `https://cdn.example.com/u/${random.hex(12)}.jpg` : "",
    hashId: random.hex(16),
    labs: random.chance(0.5) ? { newInbox: true } : {},
    migrations: { v2: { done: random.chance(0.5), at: null } },
    tutorials: random.chance(0.5) ? ["inbox", "crm"] : [],
  };
}
