import type { JsonValue } from "../source/json-value.ts";
import type { ParentRecord } from "../source/resource.ts";
import { JsonScanner } from "./json-scanner.ts";
import { PageShapeError } from "./page-errors.ts";

/** Where the records are, and what to pick from them. */
export interface InspectOptions {
  /** Member names that lead to the array of records; empty: the page itself is the array, or one record. */
  readonly at: readonly string[];
  /** Top-level members of each record to pick. An integer beyond 2^53 is picked as its text. */
  readonly wanted?: readonly string[] | undefined;
}

/** What {@link inspectPage} found. */
export interface InspectedPage {
  readonly records: number;
  /** One entry a record when members were wanted, else empty. */
  readonly wanted: readonly ParentRecord[];
}

/**
 * Checks that a page is JSON from its first to its last byte, finds the records, counts them, and picks members of them. Makes no
 * object a record unless members are wanted. Where the array is expected, a single object counts as one record.
 *
 * @throws PageParseError when the bytes are not UTF-8 JSON, or nested deeper than 512 levels.
 * @throws PageShapeError when nothing, or neither a list nor an object, is where the records should be.
 */
export function inspectPage(bytes: Uint8Array, options: InspectOptions): InspectedPage {
  const inspection = new Inspection(bytes, options);
  inspection.scanner.document(() => inspection.descend(0));
  return inspection.result();
}

class Inspection {
  readonly scanner: JsonScanner;
  private readonly at: readonly string[];
  private readonly names: readonly string[];
  /** Lengths in bytes that an unescaped wanted name can have: most keys are told apart by them alone. */
  private readonly lengths: ReadonlySet<number>;
  private found: { records: number; wanted: ParentRecord[] } | undefined;
  /** Said when nothing was found. */
  private problem = "";

  constructor(bytes: Uint8Array, options: InspectOptions) {
    this.scanner = new JsonScanner(bytes);
    this.at = options.at;
    this.names = options.wanted ?? [];
    this.lengths = new Set(this.names.map((name) => Buffer.byteLength(name) + 2));
  }

  result(): InspectedPage {
    if (this.found === undefined) throw new PageShapeError(this.problem);
    return this.found;
  }

  descend(level: number): void {
    const name = this.at[level];
    const first = this.scanner.bytes[this.scanner.position];
    if (name === undefined) {
      this.records(first);
    } else if (first === 0x7b) {
      this.member(name, level);
    } else {
      this.problem = `the records were expected at ${place(this.at)}, but ${place(this.at.slice(0, level))} is ${kindOf(first)}: correct \`at\``;
      this.scanner.value();
    }
  }

  private member(name: string, level: number): void {
    const names: string[] = [];
    let seen = false;
    this.scanner.object((span) => {
      const key = this.scanner.text(span);
      if (key === name) {
        // Of repeated members the last one counts, as everywhere in JSON.
        seen = true;
        this.found = undefined;
        this.descend(level + 1);
      } else {
        if (names.length < 30) names.push(key);
        this.scanner.value();
      }
    });
    if (seen) return;
    const there =
      names.length === 0
        ? "it has no members"
        : `its members are ${names.map((key) => JSON.stringify(key.slice(0, 80))).join(", ")}`;
    this.problem =
      `the records were expected at ${place(this.at)}, but ${place(this.at.slice(0, level))} has no member ` +
      `${JSON.stringify(name)}: ${there}. Correct \`at\`, or look at whether the API answered with an error in a page of its own`;
  }

  private records(first: number | undefined): void {
    const found = { records: 0, wanted: new Array<ParentRecord>() };
    if (first === 0x5b) {
      this.scanner.array(() => {
        found.records++;
        this.record(found.wanted);
      });
    } else if (first === 0x7b) {
      found.records = 1;
      this.record(found.wanted);
    } else {
      this.scanner.value();
      this.problem =
        `the records were expected at ${place(this.at)}, but that is ${kindOf(first)}, neither a list nor an object. ` +
        "An API that says null for an empty list needs a source that yields nothing for it";
      return;
    }
    this.found = found;
  }

  private record(wanted: ParentRecord[]): void {
    const { scanner, names } = this;
    if (names.length === 0) {
      scanner.value();
      return;
    }
    const picked: Record<string, JsonValue> = {};
    if (scanner.bytes[scanner.position] === 0x7b) {
      scanner.object((span) => {
        const start = scanner.position;
        scanner.value();
        if (!span.escaped && !this.lengths.has(span.end - span.start)) return;
        const key = scanner.text(span);
        if (names.includes(key)) define(picked, key, this.parse(start, scanner.position));
      });
    } else {
      scanner.value();
    }
    wanted.push(picked);
  }

  private parse(start: number, end: number): JsonValue {
    const { bytes } = this.scanner;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8");
    // The scanner has just checked it.
    const value = JSON.parse(text) as JsonValue;
    return typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value;
  }
}

function define(target: Record<string, JsonValue>, key: string, value: JsonValue): void {
  // An assignment to __proto__ would set the prototype.
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

function place(path: readonly string[]): string {
  return path.length === 0 ? "the top of the page" : path.map((name) => JSON.stringify(name)).join(" → ");
}

function kindOf(first: number | undefined): string {
  switch (first) {
    case 0x22:
      return "a text";
    case 0x5b:
      return "a list";
    case 0x7b:
      return "an object";
    case 0x6e:
      return "null";
    case 0x74:
    case 0x66:
      return "true or false";
    default:
      return "a number";
  }
}
