import { writeDate } from "../date-forms.ts";
import type { JsonObject, JsonValue } from "../json-value.ts";
import { Random, hashOf, streamOf } from "../random.ts";
import { sampleHugeInteger } from "../sample-numbers.ts";
import { sampleSentence, sampleTags } from "../sample-texts.ts";
import { generatedSource } from "./generated-source.ts";
import { pace } from "./pace.ts";
import type { RecordSource } from "./record-list.ts";
import { userId, type World } from "./world.ts";

const stream = streamOf("messages");

/** A message of a conversation. Its date is in `sentAt`, in `sendAt`, or in both. */
export interface Message {
  readonly id: string;
  readonly type: string;
  readonly body: string | null;
  readonly sender: JsonObject;
  readonly conversationId?: string;
  readonly sentAt?: string | null;
  readonly sendAt?: string | null;
  readonly [member: string]: JsonValue | undefined;
}

/**
 * How many messages a conversation has. A number is an average: conversations come in pairs, one of which has as
 * many more as the other has fewer, so an even number of conversations has exactly the average.
 */
export function messageCount(
  world: World,
  average: number | ((conversation: number) => number),
  conversation: number,
): number {
  if (typeof average === "function") return average(conversation);
  const spread = hashOf(world.seed, stream, conversation >>> 1) % (average + 1);
  return conversation % 2 === 0 ? average + spread : average - spread;
}

/** The messages of one conversation, newest first. */
export function messageSource(
  world: World,
  conversation: number,
  conversationId: string,
  since: number,
  size: number,
): RecordSource<Message> {
  const created = (index: number): number => messageDate(world, since, size, size - 1 - index);
  return generatedSource<Message>({
    seed: world.seed,
    stream,
    parent: conversation,
    size,
    created,
    make: (index, id) => makeMessage(world, conversation, conversationId, index, id, created(index)),
  });
}

/** What a conversation says of its newest message. */
export function lastMessageOf(world: World, conversation: number, since: number, messages: number): JsonObject {
  if (messages === 0) return { lastMessage: null, lastMessageDate: null };
  const random = new Random(world.seed, stream, conversation, 1);
  const { type, body, sender } = content(random, world);
  return {
    lastMessage: type === "text/plain" ? body : "",
    lastMessageDate: writeDate(messageDate(world, since, messages, messages - 1), 0),
    lastMessageSender: sender.type,
  };
}

function messageDate(world: World, since: number, messages: number, ordinal: number): number {
  return since + ordinal * pace(world, since, messages, 41_000);
}

function makeMessage(
  world: World,
  conversation: number,
  conversationId: string,
  index: number,
  id: string,
  sent: number,
): Message {
  const random = new Random(world.seed, stream, conversation, index + 1);
  const { type, body, sender } = content(random, world);
  const date = writeDate(sent, random.integer(0, 4));
  const spelling = random.next();
  return {
    id,
    type,
    body,
    sender,
    ...(random.chance(0.9) ? { conversationId } : {}),
    ...(spelling < 0.7 ? { sentAt: date } : spelling < 0.9 ? { sendAt: date } : { sentAt: date, sendAt: date }),
    ...(random.chance(0.8) ? { isUnread: random.chance(0.2) } : {}),
    ...(random.chance(0.3) ? { recipient_status: recipientStatus(random, world) } : {}),
    ...(random.chance(0.1) ? { message: attachment(random) } : {}),
    ...(random.chance(0.15) ? { response_options: responseOptions(random) } : {}),
    ...(random.chance(0.3) ? { tags: sampleTags(random, 2) } : {}),
  };
}

interface Sender extends JsonObject {
  readonly id: string;
  readonly type: string;
  readonly name: string | null;
}

function content(random: Random, world: World): { type: string; body: string; sender: Sender } {
  const type = random.pick([
    "text/plain",
    "text/plain",
    "text/plain",
    "text/plain",
    "message/http",
    "audio/mpeg",
    "email",
  ]);
  const user = random.integer(0, world.users - 1);
  const sender = random.pick<Sender>([
    { id: "robot", type: "robot", name: null },
    { id: "robot", type: "robot", name: "Gabriel 🤖" },
    { id: `visitor-${random.integer(0, 99_999)}`, type: "visitor", name: "" },
    { id: userId(world, user), type: "user", name: `Operador ${user}` },
  ]);
  const body =
    type === "text/plain" || type === "email"
      ? sampleSentence(random, world.hostileText)
      : `https://cdn.example.com/${random.hex(10)}?a=1&b=ñ`;
  return { type, body, sender };
}

function recipientStatus(random: Random, world: World): JsonObject {
  const status: Record<string, JsonValue> = {};
  for (let recipient = random.integer(0, 2); recipient > 0; recipient--) {
    status[userId(world, random.integer(0, world.users - 1))] = random.pick(["sent", "delivered", "read"]);
  }
  return status;
}

function attachment(random: Random): JsonObject {
  return {
    id: sampleHugeInteger(random),
    caption: random.chance(0.5) ? null : "foto 📷",
    attachments: Array.from({ length: random.integer(0, 2) }, () => ({
      url: `https://cdn.example.com/${random.hex(6)}.png`,
      size: random.integer(10, 9_000_000),
    })),
  };
}

function responseOptions(random: Random): JsonObject[] {
  return Array.from({ length: random.integer(1, 3) }, (_, option) => ({
    text: random.pick(["Sí ✅", "No", "Más tarde"]),
    value: option,
    ...(random.chance(0.2) ? { options: [{ text: "anidada", value: null }] } : {}),
  }));
}
