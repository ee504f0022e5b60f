import { writeDate } from "../date-forms.ts";
import { exactNumber } from "../exact-number.ts";
import type { JsonObject, JsonValue } from "../json-value.ts";
import { Random, streamOf } from "../random.ts";
import { sampleTags } from "../sample-texts.ts";
import { generatedSource } from "./generated-source.ts";
import { freeFormMap } from "./lead-fields.ts";
import { lastMessageOf, messageCount } from "./message.ts";
import { person } from "./person.ts";
import type { RecordSource } from "./record-list.ts";
import { accountId, siteId, userId, type World } from "./world.ts";

const stream = streamOf("conversations");
const hour = 3_600_000;

/** A conversation, as `GET /conversations` answers it. */
export interface Conversation {
  readonly id: string;
  readonly companyId: string;
  readonly websiteId?: string;
  readonly channel: string;
  readonly status?: string | null;
  readonly from?: string | null;
  readonly creationDate: string;
  readonly lastMessage?: string | null;
  readonly lastMessageDate?: string | null;
  readonly lastMessageSender?: string | null;
  readonly unreadMessageCount?: number | null;
  readonly [member: string]: JsonValue | undefined;
}

/** How conversations relate to the rest of the model. */
export interface ConversationPlan {
  readonly contacts: number;
  readonly messagesPerConversation: number | ((conversation: number) => number);
}

/** Conversations, newest first, created at `dates`. */
export function conversationSource(
  world: World,
  dates: Float64Array,
  plan: ConversationPlan,
): RecordSource<Conversation> {
  const created = (index: number): number => dates[index] ?? 0;
  return generatedSource<Conversation>({
    seed: world.seed,
    stream,
    size: dates.length,
    created,
    make: (index, id) => makeConversation(world, plan, index, id, created(index)),
  });
}

function makeConversation(
  world: World,
  plan: ConversationPlan,
  index: number,
  id: string,
  created: number,
): Conversation {
  const random = new Random(world.seed, stream, index);
  const site = world.sites === 0 ? undefined : random.integer(0, world.sites - 1);
  const visitor = person(world, random.integer(0, Math.max(0, plan.contacts - 1)));
  const messages = messageCount(world, plan.messagesPerConversation, index);
  const operator = userId(world, random.integer(0, world.users - 1));
  return {
    id,
    companyId: accountId(world),
    ...(site === undefined ? {} : { websiteId: siteId(world, site) }),
    ...(random.chance(0.3) ? { externalId: random.hex(12) } : {}),
    channel: random.pick(["WEB", "WEB", "WEB", "WHATSAPP", "FACEBOOK", "INSTAGRAM"]),
    type: random.pick(["CHAT", "", null]),
    status: random.pick(["ACTIVE", "CLOSED", null]),
    from: random.pick([visitor.email, visitor.phone, random.hex(20)]),
    clientName: random.chance(0.2) ? null : visitor.name,
    visitorName: random.chance(0.1) ? "" : `${visitor.name} ${visitor.lastName}`,
    ...(random.chance(0.7) ? { visitorEmail: visitor.email } : {}),
    ...(random.chance(0.7) ? { visitorPhone: visitor.phone } : {}),
    visitorColor: `#${random.hex(6)}`,
    ...(random.chance(0.5)
      ? { assignedTo: random.chance(0.2) ? null : operator, persistentLastOperator: operator }
      : {}),
    intercepted: random.chance(0.3),
    isClosed: random.chance(0.6),
    creationDate: writeDate(created, random.integer(0, 4)),
    ...lastMessageOf(world, index, created, messages),
    unreadMessageCount: random.chance(0.1) ? null : random.integer(0, messages),
    tags: sampleTags(random, 3),
    ...(random.chance(0.5) ? { operatorTags: sampleTags(random, 2) } : {}),
    participants: participants(random, world, visitor.name, created),
    phaseId: random.chance(0.5) ? random.hex(24) : null,
    phaseHistory: Array.from({ length: random.integer(0, 3) }, (_, phase) => ({
      phaseId: random.hex(24),
      enteredAt: writeDate(created + phase * hour, random.integer(0, 4)),
      secondsInPhase: random.chance(0.5) ? random.integer(0, 90_000) : exactNumber(`${random.integer(0, 90_000)}.10`),
      movedBy: random.chance(0.5) ? { id: operator, automatic: false } : null,
    })),
    ...(random.chance(0.1)
      ? { supportTicket: [{ number: exactNumber("9007199254740993"), open: random.chance(0.5) }] }
      : {}),
    conversationContext: random.chance(0.2) ? null : freeFormMap(random, world.hostileText),
  };
}

function participants(random: Random, world: World, visitor: string, created: number): JsonObject[] {
  const user = random.integer(0, world.users - 1);
  const all: JsonObject[] = [
    { id: random.hex(20), type: "visitor", name: visitor, devices: [{ os: "Android", versions: ["14", "14.1"] }] },
    { id: "robot", type: "robot", name: null },
    {
      id: userId(world, user),
      type: "user",
      name: `Operador ${user}`,
      joinedAt: writeDate(created + hour, random.integer(0, 4)),
    },
  ];
  return all.slice(0, random.integer(1, 3));
}
