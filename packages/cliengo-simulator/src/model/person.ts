import { Random, streamOf } from "../random.ts";
import { sampleFirstName, sampleLastName } from "../sample-texts.ts";
import type { World } from "./world.ts";

const stream = streamOf("person");

/** Who is behind a contact, and behind the conversations that this contact had. */
export interface Person {
  readonly name: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
}

export function person(world: World, index: number): Person {
  const random = new Random(world.seed, stream, index);
  return {
    name: sampleFirstName(random),
    lastName: sampleLastName(random),
    // One address in sixteen belongs to more than one contact.
    email: `lead${random.chance(1 / 16) ? index % 7 : index}@example.${random.pick(["com", "com.ar", "com.br", "test"])}`,
    phone: `+54911${random.integer(10_000_000, 99_999_999)}`,
  };
}
