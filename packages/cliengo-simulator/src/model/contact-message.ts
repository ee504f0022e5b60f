import { writeDate } from "../date-forms.ts";
import type { JsonValue } from "../json-value.ts";
import { Random, hashOf, streamOf } from "../random.ts";
import { sampleSentence } from "../sample-texts.ts";
import { generatedSource } from "./generated-source.ts";
import { pace } from "./pace.ts";
import type { RecordSource } from "./record-list.ts";
import type { World } from "./world.ts";

const stream = streamOf("contact-messages");
const minute = 60_000;

/** What a lead wrote into a form. It has no id, and two of one contact may be equal in every member. */
export interface ContactMessage {
  readonly message: string | null;
  readonly creationDate: string;
  readonly [member: string]: JsonValue | undefined;
}

/** Up to `most` messages of the contact with this number, which was created at `since`. */
export function contactMessageSource(
  world: World,
  contact: number,
  since: number,
  most: number,
): RecordSource<ContactMessage> {
  const size = hashOf(world.seed, stream, contact) % (most + 1);
  const twins = hashOf(world.seed, stream, contact, 1) % 10 === 0;
  const step = twins ? 0 : pace(world, since, size, 9 * minute);
  const created = (index: number): number => since + (size - 1 - index) * step;
  return generatedSource<ContactMessage>({
    seed: world.seed,
    stream,
    parent: contact,
    size,
    created,
    make(index) {
      const random = new Random(world.seed, stream, contact, twins ? 2 : index + 2);
      return {
        message: random.chance(0.05) ? null : sampleSentence(random, world.hostileText),
        creationDate: writeDate(created(index), random.integer(0, 4)),
      };
    },
  });
}
