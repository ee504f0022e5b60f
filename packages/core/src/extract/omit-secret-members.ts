/**
 * The record without members of these names, at any depth. Gives the record itself when there are none. Only what holds such a member is
 * copied; lists, plain objects and maps are looked into.
 */
export function omitSecretMembers(value: unknown, names: ReadonlySet<string>, depth = 0): unknown {
  // Deeper than a record may be: encoding refuses it with a message of its own.
  if (names.size === 0 || typeof value !== "object" || value === null || depth > 512) return value;
  if (Array.isArray(value)) return list(value, names, depth);
  if (value instanceof Map) {
    return new Map(
      [...value].filter(([key]) => !names.has(String(key))).map(([key, member]) => [key, omit(member, names, depth)]),
    );
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  let copy: Record<string, unknown> | undefined;
  for (const [key, member] of Object.entries(value)) {
    const kept = names.has(key) ? undefined : omit(member, names, depth);
    if (kept === member && !names.has(key)) continue;
    copy ??= { ...(value as Record<string, unknown>) }; // a plain object, looked at above
    if (names.has(key)) delete copy[key];
    else copy[key] = kept;
  }
  return copy ?? value;
}

function omit(value: unknown, names: ReadonlySet<string>, depth: number): unknown {
  return omitSecretMembers(value, names, depth + 1);
}

function list(value: readonly unknown[], names: ReadonlySet<string>, depth: number): readonly unknown[] {
  const kept = value.map((element) => omit(element, names, depth));
  return kept.some((element, index) => element !== value[index]) ? kept : value;
}
