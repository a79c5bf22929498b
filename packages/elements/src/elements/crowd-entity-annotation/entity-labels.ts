import { isPlainObject } from '../../base.ts';
import { type Label, labelNames } from '../../tools/labels.ts';
import { paletteFor } from '../../tools/palette.ts';

/** A label of spans, with its names for people. */
export interface EntityLabel {
  /** In the answer. */
  readonly label: string;
  /** Above a span. */
  readonly short: string;
  /** In the list of labels; no other label has it. */
  readonly full: string;
  readonly color: string;
  /** As the template has given it. */
  readonly given: unknown;
}

/** Reads a value of `labels`; undefined when it is no list. What has no label and what repeats one is left out. */
export function entityLabels(value: unknown, colors: readonly (string | undefined)[]): EntityLabel[] | undefined {
  if (labelNames(value) === undefined) return undefined;
  const found = new Map<string, Omit<EntityLabel, 'color'>>();
  const fullNames = new Set<string>();
  for (const given of Array.isArray(value) ? value : []) {
    const [label] = labelNames([given]) ?? [];
    if (label === undefined || found.has(label)) continue;
    const fields = isPlainObject(given) ? given : {};
    const name = textOf(fields.fullDisplayName) ?? textOf(fields.longDisplayName) ?? label;
    const full = fullNames.has(name) ? `${name} (${label})` : name;
    fullNames.add(full);
    found.set(label, { label, full, short: textOf(fields.shortDisplayName) ?? label, given });
  }
  const palette = paletteFor(found.size, colors);
  return [...found.values()].map((each, index) => ({ ...each, color: palette[index]! }));
}

export const paneLabels = (labels: readonly EntityLabel[]): Label[] =>
  labels.map(({ full, color }) => ({ name: full, color }));

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
