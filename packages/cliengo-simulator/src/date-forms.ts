const minute = 60_000;

/** The spellings of one instant that Cliengo's answers and documents show. */
export type DateForm = "milliseconds" | "seconds" | "plus-zero" | "minus-zero" | "buenos-aires";

const wholeSecondForms = ["milliseconds", "seconds", "plus-zero", "minus-zero", "buenos-aires"] as const;

/**
 * `epoch` milliseconds as RFC 3339. Dates with a part of a second are always written with it, so that the order of
 * the texts' instants is the order of the model; whole seconds are spelled in one of five ways, chosen by `variety`.
 */
export function writeDate(epoch: number, variety: number): string {
  const form: DateForm =
    epoch % 1000 === 0 ? (wholeSecondForms[variety % wholeSecondForms.length] ?? "milliseconds") : "milliseconds";
  return writeDateAs(epoch, form);
}

export function writeDateAs(epoch: number, form: DateForm): string {
  const text = new Date(form === "buenos-aires" ? epoch - 180 * minute : epoch).toISOString();
  const withoutZone = text.slice(0, 19);
  switch (form) {
    case "milliseconds":
      return text;
    case "seconds":
      return `${withoutZone}Z`;
    case "plus-zero":
      return `${withoutZone}+00:00`;
    case "minus-zero":
      return `${withoutZone}-00:00`;
    case "buenos-aires":
      return `${withoutZone}-03:00`;
  }
}
