import type { JsonObject, JsonValue } from "../json-value.ts";
import type { Random } from "../random.ts";
import { sampleHugeInteger, sampleOddNumber } from "../sample-numbers.ts";
import { sampleSentence, sampleTags } from "../sample-texts.ts";

const keys = [
  "presupuesto",
  "Presupuesto",
  "fecha de ingreso",
  "CUIT/CUIL",
  "edad",
  "dni",
  "¿Tiene auto?",
  "utm.source",
  "custom_1",
  "custom-2",
  "1st_choice",
  "email",
  "ciudad 🏙️",
  "select",
  "_id",
  "a__b",
  "título",
  "العمر",
  "x".repeat(90),
  "",
] as const;

/**
 * A free-form map, as answers to a form's own questions are: few of many keys, so that hardly two records have the
 * same; one key in eight occurs only once in the whole account.
 */
export function freeFormMap(random: Random, hostileText: boolean): JsonObject {
  const map: Record<string, JsonValue> = {};
  const members = random.integer(0, 5);
  for (let member = 0; member < members; member++) {
    const key = random.chance(1 / 8) ? `pregunta_${random.integer(0, 9_999_999)}` : random.pick(keys);
    map[key] = freeFormValue(random, hostileText, 0);
  }
  return map;
}

function freeFormValue(random: Random, hostileText: boolean, depth: number): JsonValue {
  switch (random.integer(0, depth < 3 ? 10 : 6)) {
    case 0:
      return null;
    case 1:
      return random.chance(0.5);
    case 2:
      return random.integer(-5, 120);
    case 3:
      return sampleOddNumber(random);
    case 4:
      return sampleHugeInteger(random);
    case 7:
      return { valor: freeFormValue(random, hostileText, depth + 1), fuente: "form" };
    case 8:
      return Array.from({ length: random.integer(0, 3) }, () => freeFormValue(random, hostileText, depth + 1));
    case 9:
      return sampleTags(random, 3);
    default:
      return sampleSentence(random, hostileText);
  }
}
