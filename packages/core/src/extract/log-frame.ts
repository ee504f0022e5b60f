import { crc32 } from "node:zlib";
import type { LoggedPage, LoggedPartition, PackageHead } from "./load-package.ts";

/**
 * One entry of a package's log. On disk: kind (1 byte), length of the header, length of the body, CRC-32 of all the rest (4 bytes each,
 * little endian), header (JSON), body (the page as it came).
 */
export type LogFrame =
  | { readonly kind: "head"; readonly header: PackageHead & { readonly loadId: string; readonly formatVersion: 1 } }
  | { readonly kind: "page"; readonly header: Omit<LoggedPage, "sequence" | "bytes">; readonly body: Uint8Array }
  | { readonly kind: "partition"; readonly header: LoggedPartition };

/** Bytes before the header. */
export const frameOverhead = 13;

const kinds = ["head", "page", "partition"] as const;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
const nothing = new Uint8Array(0);

/** The bytes of a frame, in pieces that are written one after the other (so that a page is not copied). */
export function encodeFrame(frame: LogFrame): readonly Uint8Array[] {
  const header = encoder.encode(JSON.stringify(frame.header));
  const body = frame.kind === "page" ? frame.body : nothing;
  const start = new Uint8Array(frameOverhead);
  const view = new DataView(start.buffer);
  view.setUint8(0, kinds.indexOf(frame.kind) + 1);
  view.setUint32(1, header.length, true);
  view.setUint32(5, body.length, true);
  view.setUint32(9, checksum(start, header, body), true);
  return body.length === 0 ? [start, header] : [start, header, body];
}

/** How long the rest of a frame is, by its first {@link frameOverhead} bytes; undefined when they cannot begin a frame. */
export function frameRest(start: Uint8Array): { readonly header: number; readonly body: number } | undefined {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const kind = kinds[view.getUint8(0) - 1];
  const header = view.getUint32(1, true);
  const body = view.getUint32(5, true);
  if (kind === undefined || header === 0 || (kind !== "page" && body !== 0)) return undefined;
  return { header, body };
}

/** The frame, or undefined when its checksum does not hold. */
export function decodeFrame(start: Uint8Array, header: Uint8Array, body: Uint8Array): LogFrame | undefined {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  if (view.getUint32(9, true) !== checksum(start, header, body)) return undefined;
  const kind = kinds[view.getUint8(0) - 1];
  // Written by encodeFrame: the checksum says so.
  const value = JSON.parse(decoder.decode(header)) as never;
  if (kind === undefined) return undefined;
  return kind === "page" ? { kind, header: value, body } : { kind, header: value };
}

function checksum(start: Uint8Array, header: Uint8Array, body: Uint8Array): number {
  return crc32(body, crc32(header, crc32(start.subarray(0, 9))));
}
