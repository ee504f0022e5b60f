/** The reader's side of COPY BINARY, written from the documentation and apart from the writer it checks. */
export interface CopyRow {
  readonly fields: readonly (Buffer | null)[];
}

/** Takes a whole COPY stream apart. */
export function decodeCopy(bytes: Buffer): readonly CopyRow[] {
  if (!bytes.subarray(0, 11).equals(Buffer.from("5047434f50590aff0d0a00", "hex"))) throw new Error("no signature");
  let at = 19; // signature, flags, length of the header's extension
  const rows: CopyRow[] = [];
  for (;;) {
    const count = bytes.readInt16BE(at);
    at += 2;
    if (count === -1) break;
    const fields: (Buffer | null)[] = [];
    for (let index = 0; index < count; index += 1) {
      const length = bytes.readInt32BE(at);
      at += 4;
      fields.push(length === -1 ? null : bytes.subarray(at, at + length));
      if (length > 0) at += length;
    }
    rows.push({ fields });
  }
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes after the end`);
  return rows;
}

/** `numeric` in binary as plain text, after `numeric_out`. */
export function decodeNumeric(field: Buffer): string {
  const [count, weight, sign, scale] = [
    field.readInt16BE(0),
    field.readInt16BE(2),
    field.readUInt16BE(4),
    field.readInt16BE(6),
  ];
  if (field.length !== 8 + count * 2) throw new Error("the length does not fit the number of digits");
  const group = (position: number): string => {
    const value = position >= 0 && position < count ? field.readUInt16BE(8 + position * 2) : 0;
    if (value > 9999) throw new Error(`${value} is no digit to the base 10,000`);
    return String(value).padStart(4, "0");
  };
  let whole = "";
  for (let index = 0; index <= weight; index += 1) whole += group(index);
  let fraction = "";
  for (let index = weight + 1; fraction.length < scale; index += 1) fraction += index < 0 ? "0000" : group(index);
  const digits = whole.replace(/^0+(?=\d)/, "") || "0";
  return `${sign === 0x4000 ? "-" : ""}${digits}${scale === 0 ? "" : `.${fraction.slice(0, scale)}`}`;
}
