/**
 * A record as JSON text. One record in sixteen spells every character outside ASCII as `\u….` and every slash as
 * `\/`, as other JSON writers do: the same value, other bytes.
 */
export function recordText(record: object, index: number): string {
  const text = JSON.stringify(record);
  if (index % 16 !== 11) return text;
  return text.replace(/[\u007f-\uffff/]/g, (character) =>
    character === "/" ? "\\/" : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
