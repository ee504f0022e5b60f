import { TypeloadError } from "../errors.ts";

/** A page is not valid UTF-8 JSON. The message names the byte and shows its surroundings with letters and digits masked. */
export class PageParseError extends TypeloadError {
  /** Where reading stopped, counted from 0. */
  readonly byte: number;

  constructor(reason: string, bytes: Uint8Array, byte: number) {
    super(
      `the page is not valid JSON: ${reason} at byte ${byte} of ${bytes.length}${htmlHint(bytes)}. ` +
        `Around it, letters and digits masked: ${maskedSurroundings(bytes, byte)}. ` +
        "Nothing of this page was kept. If it repeats, ask the API for this page by hand and look at what it sends",
      { code: "page_unparsable" },
    );
    this.byte = byte;
  }
}

/** A page is valid JSON, but the records are not where they should be. */
export class PageShapeError extends TypeloadError {
  constructor(message: string) {
    super(message, { code: "page_shape" });
  }
}

function htmlHint(bytes: Uint8Array): string {
  return bytes.find((byte) => byte > 0x20) === 0x3c ? " (it begins with <, so it looks like HTML or XML)" : "";
}

// Pages hold personal data and messages end up in logs, so only the structure is shown.
function maskedSurroundings(bytes: Uint8Array, byte: number): string {
  const start = Math.max(0, byte - 120);
  const text = Buffer.from(bytes.subarray(start, Math.min(bytes.length, start + 200))).toString("utf8");
  const masked = text
    .replace(/\p{L}|\p{M}/gu, "x")
    .replace(/\p{N}/gu, "0")
    .slice(0, 200);
  return JSON.stringify(masked);
}
