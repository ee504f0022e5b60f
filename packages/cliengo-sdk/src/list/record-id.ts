/** The id of a record as text; notes have theirs in capitals. Undefined where it has none, or one that JSON may have rounded. */
export function idOf(record: unknown): string | undefined {
  if (typeof record !== "object" || record === null) return undefined;
  return textOf("id" in record ? record.id : undefined) ?? textOf("ID" in record ? record.ID : undefined);
}

function textOf(id: unknown): string | undefined {
  return typeof id === "string" || Number.isSafeInteger(id) ? String(id) : undefined;
}
