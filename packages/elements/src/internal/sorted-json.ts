type Fields = Record<string, unknown>;

export const isPlainObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A deep copy without prototypes whose keys stand in ASCII order at every level, as in recorded answers. */
export function sortDeep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortDeep);
  if (!isPlainObject(value)) return value;
  const sorted: Fields = Object.create(null);
  for (const key of Object.keys(value).sort()) sorted[key] = sortDeep(value[key]);
  return sorted;
}

/** JSON text with keys in ASCII order; an engine prints integer-like keys first, so the order is made in the text. */
export function stringifySorted(value: unknown, indent = ''): string | undefined {
  if (!Array.isArray(value) && !isPlainObject(value)) return JSON.stringify(value);
  const inner = indent && `${indent}  `;
  const items = Array.isArray(value)
    ? value.map((item) => stringifySorted(item, inner) ?? 'null')
    : Object.keys(value)
        .sort()
        .flatMap((key) => {
          const text = stringifySorted(value[key], inner);
          return text === undefined ? [] : `${JSON.stringify(key)}:${indent && ' '}${text}`;
        });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (items.length === 0 || !indent) return `${open}${items.join(',')}${close}`;
  return `${open}${inner}${items.join(`,${inner}`)}${indent}${close}`;
}
