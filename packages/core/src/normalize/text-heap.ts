/** The shared buffer of a batch: text and bytes are appended, cells point into it. */
export class TextHeap {
  /** Bytes used. */
  size = 0;
  /** Where the last thing written begins, and its length. */
  start = 0;
  length = 0;
  private buffer: Buffer<ArrayBuffer>;

  constructor(capacity: number) {
    this.buffer = Buffer.allocUnsafeSlow(capacity);
  }

  writeText(text: string): void {
    const { length } = text;
    // Three bytes a UTF-16 unit are the most there can be; long texts are measured, so that the reserve stays small.
    this.reserve(length > 4096 ? Buffer.byteLength(text) : length * 3);
    this.start = this.size;
    if (length > 24 || !this.writeAscii(text)) {
      this.length = this.buffer.write(text, this.size, "utf8");
      this.size += this.length;
    }
  }

  writeBytes(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.size);
    this.start = this.size;
    this.length = bytes.length;
    this.size += bytes.length;
  }

  /** What was written. The heap must not be used afterwards. */
  take(): Uint8Array {
    return new Uint8Array(this.buffer.buffer, this.buffer.byteOffset, this.size);
  }

  /** Short text is mostly ASCII, and a loop is faster there than a call out of JavaScript. */
  private writeAscii(text: string): boolean {
    const { buffer } = this;
    let at = this.size;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) return false;
      buffer[at++] = code;
    }
    this.length = text.length;
    this.size = at;
    return true;
  }

  private reserve(bytes: number): void {
    if (this.size + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.size + bytes, this.buffer.length * 2));
    larger.set(this.buffer.subarray(0, this.size));
    this.buffer = larger;
  }
}
