import { writeDate } from "../date-forms.ts";
import type { JsonValue } from "../json-value.ts";
import { Random, hashOf, streamOf } from "../random.ts";
import { sampleSentence } from "../sample-texts.ts";
import { generatedSource } from "./generated-source.ts";
import { pace } from "./pace.ts";
import type { RecordSource } from "./record-list.ts";
import { userId, type World } from "./world.ts";

const stream = streamOf("contact-notes");
const hour = 3_600_000;

/** A note on a contact. Its key is `ID`, in capitals. */
export interface ContactNote {
  readonly ID: string;
  readonly message: string;
  readonly creatorId: string | null;
  readonly creationDate: string;
  readonly lastUpdate?: string | null;
  readonly [member: string]: JsonValue | undefined;
}

/** Up to `most` notes of the contact with this number, which was created at `since`. */
export function contactNoteSource(
  world: World,
  contact: number,
  since: number,
  most: number,
): RecordSource<ContactNote> {
  const size = hashOf(world.seed, stream, contact) % (most + 1);
  const step = pace(world, since, size, 5 * hour);
  const created = (index: number): number => since + (size - index) * step;
  return generatedSource<ContactNote>({
    seed: world.seed,
    stream,
    parent: contact,
    size,
    created,
    make(index, id) {
      const random = new Random(world.seed, stream, contact, index + 1);
      return {
        ID: id,
        message: sampleSentence(random, world.hostileText),
        creatorId: random.chance(0.1) ? null : userId(world, random.integer(0, world.users - 1)),
        creationDate: writeDate(created(index), random.integer(0, 4)),
        ...(random.chance(0.5) ? { lastUpdate: random.chance(0.5) ? null : writeDate(created(index) + 1, 0) } : {}),
      };
    },
  });
}
