const signature = Buffer.from("PGCOPY\n\u00FF\r\n\0", "latin1");

/**
 * A growing buffer in the binary format of COPY: big-endian, each field with its length before it.
 * Source: https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format".
 */
export class BinaryCopyWriter {
  readonly #initial: number;
  #buffer: Buffer;
  #length = 0;

  constructor(bytes: number) {
    this.#initial = bytes * 2;
    this.#buffer = Buffer.allocUnsafe(this.#initial);
  }

  get length(): number {
    return this.#length;
  }

  /** Signature, flags, no header extension. */
  header(): void {
    this.raw(signature, 0, signature.length);
    this.int32(0);
    this.int32(0);
  }

  uint8(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#length] = value;
    this.#length += 1;
  }

  int16(value: number): void {
    this.#reserve(2);
    this.#length = this.#buffer.writeInt16BE(value, this.#length);
  }

  uint16(value: number): void {
    this.#reserve(2);
    this.#length = this.#buffer.writeUInt16BE(value, this.#length);
  }

  int32(value: number): void {
    this.#reserve(4);
    this.#length = this.#buffer.writeInt32BE(value, this.#length);
  }

  int64(value: bigint): void {
    this.#reserve(8);
    this.#length = this.#buffer.writeBigInt64BE(value, this.#length);
  }

  float64(value: number): void {
    this.#reserve(8);
    this.#length = this.#buffer.writeDoubleBE(value, this.#length);
  }

  raw(bytes: Uint8Array, offset: number, length: number): void {
    this.#reserve(length);
    this.#buffer.set(bytes.subarray(offset, offset + length), this.#length);
    this.#length += length;
  }

  /** Gives what was written and begins anew; the bytes given are not touched again. */
  take(): Buffer {
    const taken = this.#buffer.subarray(0, this.#length);
    this.#buffer = Buffer.allocUnsafe(this.#initial);
    this.#length = 0;
    return taken;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
