import type { Scd2Option, WriteDispositionOption } from "./resource.ts";

/** What an scd2 resource says of its versions, defaults filled in. Names are not normalized yet. */
export interface Scd2Columns extends Omit<Scd2Option, "merge"> {
  readonly validFrom: string;
  readonly validTo: string;
}

/** `undefined`: the resource is written in another way. */
export function scd2Columns(option: WriteDispositionOption): Scd2Columns | undefined {
  if (typeof option !== "object" || option.merge !== "scd2") return undefined;
  const { merge: _merge, validFrom = "_dlt_valid_from", validTo = "_dlt_valid_to", ...others } = option;
  return { ...others, validFrom, validTo };
}
