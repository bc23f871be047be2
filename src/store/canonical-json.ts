/**
 * JSON with sorted keys and no white space (RFC 8785 for the values we store): equal values have equal text, so
 * that a hash over it can be computed again by anybody. Properties that are undefined are left out.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const record = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of Object.keys(record).sort()) {
    if (record[key] === undefined) continue;
    text += `${text === '' ? '{' : ','}${JSON.stringify(key)}:${canonicalJson(record[key])}`;
  }
  return text === '' ? '{}' : `${text}}`;
}
