/** Reads JSON that the trader wrote; what is no object gives none of its fields. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> {
  const value = parse(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** The same for an array. */
export function jsonArray(text: string): readonly unknown[] {
  const value = parse(text);
  return Array.isArray(value) ? value : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
