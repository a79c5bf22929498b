// The colours of labels: a well-known cycle of ten, as recorded answers have them, then others that differ from it.

const cycle = [
  '#2ca02c',
  '#1f77b4',
  '#ff7f0e',
  '#d62728',
  '#9467bd',
  '#8c564b',
  '#e377c2',
  '#7f7f7f',
  '#bcbd22',
  '#17becf',
] as const;

/** As `#rrggbb` in lower case; undefined for anything that is no such colour. */
export function parseColor(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim().toLowerCase();
  const [, short] = /^#([0-9a-f]{3})$/.exec(text) ?? [];
  if (short !== undefined) return `#${[...short].map((digit) => digit + digit).join('')}`;
  return /^#[0-9a-f]{6}$/.test(text) ? text : undefined;
}

/**
 * One colour for each of `count` labels, all different, none of them white (which is the background of masks) or black.
 *
 * @param wanted colours of the first labels, as the template has them; what is missing or repeated comes from the cycle
 */
export function paletteFor(count: number, wanted: readonly (string | undefined)[] = []): string[] {
  const colors: string[] = [];
  const used = new Set(['#ffffff', '#000000']);
  const kept = wanted.slice(0, count).map((color, index) => (wanted.indexOf(color) === index ? color : undefined));
  for (const color of kept) if (color) used.add(color);
  for (let index = 0, next = 0; index < count; index++) {
    let color = kept[index];
    while (color === undefined) {
      const candidate = nthColor(next++);
      if (!used.has(candidate)) color = candidate;
    }
    used.add(color);
    colors.push(color);
  }
  return colors;
}

/** The cycle, then hues a golden angle apart, in three lightnesses. */
export function nthColor(index: number): string {
  const color = cycle[index];
  if (color !== undefined) return color;
  const turn = index - cycle.length;
  const hue = (turn * 137.508 + 15) % 360;
  return hex(hue, 0.62, [0.42, 0.56, 0.68][turn % 3]!);
}

function hex(hue: number, saturation: number, lightness: number): string {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const part = (offset: number): string => {
    const place = (offset + hue / 30) % 12;
    const value = lightness - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1));
    return Math.round(255 * value)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${part(0)}${part(8)}${part(4)}`;
}
