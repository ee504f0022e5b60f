import { identifier, integerLiteral, joinSql, parameter, renderSql, sql, verbatim } from "@typeload/destination-sql";
import { describe, expect, it } from "vitest";

const dialect = {
  quoteIdentifier: (name: string) => `"${name.replaceAll('"', '""')}"`,
  placeholder: (position: number) => `$${position}`,
};

describe("sql", () => {
  it("quotes names and numbers parameters in their order", () => {
    const inner = sql`${identifier("a")} = ${parameter("x'; DROP TABLE t; --")}`;
    const statement = sql`SELECT ${identifier("s", 'quo"te')} FROM ${verbatim("t")} WHERE ${joinSql([inner, inner], " OR ")} LIMIT ${integerLiteral(3)}`;
    expect(renderSql(statement, dialect)).toEqual({
      text: 'SELECT "s"."quo""te" FROM t WHERE "a" = $1 OR "a" = $2 LIMIT 3',
      parameters: ["x'; DROP TABLE t; --", "x'; DROP TABLE t; --"],
    });
  });

  it("writes only integers as literals", () => {
    expect(() => integerLiteral(1.5)).toThrow(RangeError);
    expect(() => integerLiteral(2 ** 60)).toThrow(RangeError);
    expect(renderSql(integerLiteral(-7), dialect).text).toBe("-7");
  });
});
