import { writeDate } from "../date-forms.ts";
import type { JsonObject, JsonValue } from "../json-value.ts";
import { Random, hashOf, streamOf } from "../random.ts";
import { generatedSource } from "./generated-source.ts";
import { pace } from "./pace.ts";
import type { RecordSource } from "./record-list.ts";
import { userId, type World } from "./world.ts";

const stream = streamOf("contact-history");
const hour = 3_600_000;

/** One change of a contact; it has no id. */
export interface HistoryEntry {
  readonly type: string;
  readonly message?: string | null;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly creator?: JsonObject | null;
  readonly creationDate: string;
  readonly [member: string]: JsonValue | undefined;
}

/** Up to `most` changes of the contact with this number, which was created at `since`. */
export function historySource(world: World, contact: number, since: number, most: number): RecordSource<HistoryEntry> {
  const size = hashOf(world.seed, stream, contact) % (most + 1);
  const step = pace(world, since, size, 7 * hour);
  const created = (index: number): number => since + (size - index) * step;
  return generatedSource<HistoryEntry>({
    seed: world.seed,
    stream,
    parent: contact,
    size,
    created,
    make(index) {
      const random = new Random(world.seed, stream, contact, index + 1);
      const user = random.integer(0, world.users - 1);
      return {
        type: random.pick(["STATUS_CHANGE", "ASSIGNMENT", "TAG"]),
        ...(random.chance(0.6) ? { message: random.pick(["", "cambió el estado", "تم التغيير"]) } : {}),
        from: random.pick(["NEW", "", null]),
        to: random.pick(["ACTIVE", "CLIENT"]),
        creator: random.chance(0.2)
          ? null
          : {
              id: userId(world, user),
              name: `Operador ${user}`,
              ...(random.chance(0.5) ? { roles: ["OPERATOR"] } : {}),
            },
        creationDate: writeDate(created(index), random.integer(0, 4)),
      };
    },
  });
}
