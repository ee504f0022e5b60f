/**
 * A seeded generator of numbers: the same seed, stream and index give the same sequence on every machine.
 * One is made per record, so that any record can be made alone, without those before it.
 */
export class Random {
  #state: number;

  /** `stream` tells kinds of records apart (see {@link streamOf}); `index` is the record within its kind. */
  constructor(seed: number, stream: number, index: number, second = 0) {
    this.#state = mix(mix(mix(mix(seed | 0, Math.floor(seed / 4_294_967_296)), stream), index), second);
  }

  /** Evenly spread over [0, 1). */
  next(): number {
    return this.#draw() / 4_294_967_296;
  }

  /** A whole number from `lowest` to `highest`, both included. */
  integer(lowest: number, highest: number): number {
    return lowest + Math.floor(this.next() * (highest - lowest + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    // The index is within the tuple by construction.
    return choices[Math.floor(this.next() * choices.length)] as T;
  }

  /** `length` lower-case hexadecimal digits. */
  hex(length: number): string {
    let digits = "";
    while (digits.length < length) digits += this.#draw().toString(16).padStart(8, "0");
    return digits.slice(0, length);
  }

  #draw(): number {
    // splitmix32: 32 bits of state are plenty for one record.
    this.#state = (this.#state + 0x9e3779b9) | 0;
    return finish(this.#state);
  }
}

/** The number of a named stream: a hash of its name. Compute it once per module. */
export function streamOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let position = 0; position < name.length; position++) {
    hash = Math.imul(hash ^ name.charCodeAt(position), 0x01000193);
  }
  return hash | 0;
}

/** 32 well-mixed bits from a seed, a stream and an index: for one decision without a generator. */
export function hashOf(seed: number, stream: number, index: number, second = 0): number {
  return mix(mix(mix(mix(seed | 0, Math.floor(seed / 4_294_967_296)), stream), index), second) >>> 0;
}

function mix(state: number, value: number): number {
  return finish((Math.imul(state, 0x2c1b3c6d) + value + 0x9e3779b9) | 0) | 0;
}

function finish(bits: number): number {
  let value = bits;
  value = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  value = Math.imul(value ^ (value >>> 15), 0x735a2d97);
  return (value ^ (value >>> 15)) >>> 0;
}
