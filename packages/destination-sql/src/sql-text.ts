/**
 * The only place where SQL is glued together. A statement is built from pieces, and becomes text when a dialect renders it: names are
 * quoted by the dialect, values are parameters. No other module concatenates SQL.
 */

/** A value that travels as a parameter of a statement. Times and decimals travel as text under a cast. */
export type SqlValue = string | number | bigint | boolean | null;

/** A statement as it goes to a driver. */
export interface SqlStatement {
  readonly text: string;
  /** In the order of their placeholders. */
  readonly parameters: readonly SqlValue[];
}

/** A piece of SQL that is not yet bound to a dialect. Made by {@link sql}, {@link identifier}, {@link parameter} … only. */
export interface Sql {
  readonly pieces: readonly SqlPiece[];
}

export type SqlPiece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "identifier"; readonly path: readonly string[] }
  | { readonly kind: "parameter"; readonly value: SqlValue };

/** What rendering needs to know of a dialect. */
export interface SqlRendering {
  quoteIdentifier(name: string): string;
  /** Text of the placeholder of a parameter, counted from 1 (`$1`). */
  placeholder(position: number): string;
}

/**
 * Builds SQL from a template. Only other pieces can be put in: a plain string in a hole is a type error.
 *
 * @example
 * ```ts
 * sql`SELECT count(*) AS n FROM ${identifier("ds", "t")} WHERE "part" = ${parameter(3)}`;
 * ```
 */
export function sql(strings: TemplateStringsArray, ...holes: readonly Sql[]): Sql {
  const pieces: SqlPiece[] = [];
  strings.forEach((text, index) => {
    if (text !== "") pieces.push({ kind: "text", text });
    const hole = holes[index];
    // Not by spreading: a statement may have tens of thousands of pieces, more than a call takes arguments.
    for (const piece of hole?.pieces ?? []) pieces.push(piece);
  });
  return { pieces };
}

/** A name, or a path of names (`schema`, `table`), quoted when rendered. */
export function identifier(...path: readonly string[]): Sql {
  return { pieces: [{ kind: "identifier", path }] };
}

/** A value, sent apart from the text. */
export function parameter(value: SqlValue): Sql {
  return { pieces: [{ kind: "parameter", value }] };
}

/** Text that a dialect wrote itself: type names, function names, keywords. Never anything that came from data or options. */
export function verbatim(text: string): Sql {
  return { pieces: [{ kind: "text", text }] };
}

/** An integer as a literal, for the places where engines take no parameter (DDL, `CREATE TABLE AS`). */
export function integerLiteral(value: number): Sql {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an integer that can be written exactly: ${value}`);
  return verbatim(String(value));
}

/** Pieces with a separator between them. */
export function joinSql(items: readonly Sql[], separator: string): Sql {
  return {
    pieces: items.flatMap((item, index) =>
      index === 0 ? item.pieces : [{ kind: "text", text: separator } as const, ...item.pieces],
    ),
  };
}

/** The text for a driver: names quoted, parameters numbered. */
export function renderSql(fragment: Sql, dialect: SqlRendering): SqlStatement {
  const parameters: SqlValue[] = [];
  const text = fragment.pieces
    .map((piece) => {
      switch (piece.kind) {
        case "text":
          return piece.text;
        case "identifier":
          return piece.path.map((name) => dialect.quoteIdentifier(name)).join(".");
        case "parameter":
          parameters.push(piece.value);
          return dialect.placeholder(parameters.length);
      }
    })
    .join("");
  return { text, parameters };
}
