import { IsoText } from "./iso-text.ts";

const iso = new IsoText();

/** A date or time in ISO 8601, as UTC with all its microseconds: `2026-01-02T03:04:05.000006Z`. `undefined`: it is none. */
export function instantText(text: string): string | undefined {
  if (!iso.read(text)) return undefined;
  return `${new Date(iso.seconds * 1000).toISOString().slice(0, -5)}.${String(iso.micros).padStart(6, "0")}Z`;
}
