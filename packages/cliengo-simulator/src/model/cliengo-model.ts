import { creationDates, defaultBursts, type Burst } from "../creation-dates.ts";
import { writeDateAs } from "../date-forms.ts";
import type { JsonObject } from "../json-value.ts";
import { SimulatedClock } from "../simulated-clock.ts";
import { makeAccount, type Account } from "./account.ts";
import { makeAccountPlan } from "./account-plan.ts";
import { chatbotSource, makeChatbot, type Chatbot } from "./chatbot.ts";
import { ChildLists } from "./child-lists.ts";
import { contactMessageSource, type ContactMessage } from "./contact-message.ts";
import { contactNoteSource, type ContactNote } from "./contact-note.ts";
import { contactSource, type Contact } from "./contact.ts";
import { conversationSource, type Conversation } from "./conversation.ts";
import { historySource, type HistoryEntry } from "./history-entry.ts";
import type { ModelChange, ModelListName } from "./model-change.ts";
import { messageCount, messageSource, type Message } from "./message.ts";
import { RecordList, type ListChange } from "./record-list.ts";
import { siteSource, type Site } from "./site.ts";
import { userSource, type User } from "./user.ts";
import type { World } from "./world.ts";

/** How much there is in a model, and how it is spread. */
export interface ModelSize {
  readonly seed: number;
  readonly now: number;
  readonly users: number;
  readonly sites: number;
  readonly contacts: number;
  readonly conversations: number;
  readonly messagesPerConversation: number | ((conversation: number) => number);
  /** The most notes, messages and history entries that a contact has. */
  readonly contactChildren: { readonly notes: number; readonly messages: number; readonly history: number };
  readonly years: number;
  readonly bursts?: readonly Burst[] | undefined;
  readonly hostileText: boolean;
}

/**
 * Everything the simulator would answer. Lists can be read in full, also beyond what paging lets a client reach,
 * and changed; a change is seen by the next request.
 */
export class CliengoModel {
  readonly clock: SimulatedClock;
  readonly users: RecordList<User>;
  readonly sites: RecordList<Site>;
  /** The widgets of the sites; the id of one is its site's id. */
  readonly chatbots: RecordList<Chatbot>;
  readonly contacts: RecordList<Contact>;
  readonly contactNotes: ChildLists<ContactNote>;
  readonly contactMessages: ChildLists<ContactMessage>;
  readonly contactHistory: ChildLists<HistoryEntry>;
  readonly conversations: RecordList<Conversation>;
  readonly conversationMessages: ChildLists<Message>;
  readonly accountPlan: JsonObject = makeAccountPlan();
  /** Every change since the start, oldest first. */
  readonly journal: ModelChange[] = [];
  #account: Account;

  constructor(size: ModelSize) {
    const world: World = {
      seed: size.seed,
      now: size.now,
      users: size.users,
      sites: size.sites,
      hostileText: size.hostileText,
      contacts: size.contacts,
      conversations: size.conversations,
    };
    const dates = (stream: string, count: number): Float64Array =>
      creationDates({
        seed: size.seed,
        stream,
        count,
        now: size.now,
        years: size.years,
        bursts: size.bursts ?? defaultBursts(count, size.now),
      });
    const changed = (list: ModelListName) => (change: ListChange, id: string, parentId?: string) => {
      this.journal.push({ change, list, id, ...(parentId === undefined ? {} : { parentId }) });
    };

    this.clock = new SimulatedClock(size.now);
    this.#account = makeAccount(world, size.contacts);
    this.users = new RecordList(userSource(world), changed("users"));
    const sites = siteSource(world);
    this.sites = new RecordList(sites, (change, id) => {
      changed("sites")(change, id);
      if (change === "insert") this.#addChatbot(world, id);
      else if (change === "delete") this.chatbots.delete(id);
    });
    this.chatbots = new RecordList(chatbotSource(world, sites), changed("chatbots"));

    const contactDates = dates("contacts", size.contacts);
    this.contacts = new RecordList(contactSource(world, contactDates), changed("contacts"));
    const children = size.contactChildren;
    // A contact that was inserted later has nothing but what is written to it.
    const most = (contact: number, limit: number): number => (contact < size.contacts ? limit : 0);
    const since = (contact: number): number => contactDates[contact] ?? size.now;
    this.contactNotes = new ChildLists(
      this.contacts,
      (contact) => contactNoteSource(world, contact, since(contact), most(contact, children.notes)),
      changed("contactNotes"),
    );
    this.contactMessages = new ChildLists(
      this.contacts,
      (contact) => contactMessageSource(world, contact, since(contact), most(contact, children.messages)),
      changed("contactMessages"),
    );
    this.contactHistory = new ChildLists(
      this.contacts,
      (contact) => historySource(world, contact, since(contact), most(contact, children.history)),
      changed("contactHistory"),
    );

    const conversationDates = dates("conversations", size.conversations);
    const average = size.messagesPerConversation;
    this.conversations = new RecordList(
      conversationSource(world, conversationDates, { contacts: size.contacts, messagesPerConversation: average }),
      changed("conversations"),
    );
    this.conversationMessages = new ChildLists(
      this.conversations,
      (conversation, id) => {
        const messages = conversation < size.conversations ? messageCount(world, average, conversation) : 0;
        return messageSource(world, conversation, id, conversationDates[conversation] ?? size.now, messages);
      },
      changed("conversationMessages"),
    );
  }

  get account(): Account {
    return this.#account;
  }

  /** The user that the API key belongs to. */
  get owner(): User {
    const owner = this.users.at(this.users.size - 1);
    if (owner === undefined) throw new RangeError("The model has no user left");
    return owner;
  }

  editAccount(change: (account: Account) => Account): Account {
    this.#account = change(this.#account);
    this.journal.push({ change: "edit", list: "account", id: this.#account.id });
    return this.#account;
  }

  /** Moves the clock on and answers the new present as Cliengo writes dates. */
  nextDate(): { epoch: number; text: string } {
    const epoch = this.clock.advance();
    return { epoch, text: writeDateAs(epoch, "milliseconds") };
  }

  #addChatbot(world: World, siteId: string): void {
    const number = this.sites.indexOf(siteId) ?? 0;
    // The same creation date gives the widget the same id as its site.
    this.chatbots.insert(this.sites.createdOf(siteId) ?? this.clock.now, () => makeChatbot(world, siteId, number));
  }
}
