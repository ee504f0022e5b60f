import { writeDateAs } from "../date-forms.ts";
import type { JsonObject } from "../json-value.ts";
import type { CliengoModel } from "./cliengo-model.ts";
import type { Conversation } from "./conversation.ts";

/**
 * Adds a conversation with these members to the model, without messages. Without `created` (epoch milliseconds) it is
 * the newest, created a simulated second after the last write.
 */
export function insertConversation(
  model: CliengoModel,
  members: JsonObject & { channel: string },
  created?: number,
): Conversation {
  const epoch = created ?? model.clock.advance();
  let inserted: Conversation | undefined;
  model.conversations.insert(epoch, (id) => {
    inserted = {
      id,
      companyId: model.account.id,
      type: "CHAT",
      status: "ACTIVE",
      intercepted: false,
      isClosed: false,
      creationDate: writeDateAs(epoch, "milliseconds"),
      unreadMessageCount: 0,
      tags: [],
      operatorTags: [],
      participants: [],
      phaseHistory: [],
      conversationContext: {},
      ...members,
    };
    return inserted;
  });
  if (inserted === undefined) throw new RangeError("The conversation was not inserted");
  return inserted;
}
