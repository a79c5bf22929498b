import { isPlainObject } from '../base.ts';

/** A label that can be chosen. */
export interface Label {
  readonly name: string;
  /** As `#rrggbb`. */
  readonly color: string;
}

/** The names in a value of `labels`: texts, or objects with one; without empty ones and repetitions. */
export function labelNames(value: unknown): string[] | undefined {
  if (value === null || value === undefined || value === '') return [];
  if (!Array.isArray(value)) return undefined;
  return [...new Set(value.map(nameOf).filter((name) => name !== ''))];
}

/** Names that are there more than once. */
export function repeatedLabels(value: unknown): string[] {
  const names = Array.isArray(value) ? value.map(nameOf).filter((name) => name !== '') : [];
  const seen = new Set<string>();
  return names.filter((name) => seen.size === seen.add(name).size);
}

/** Whether some have no text: they cannot be chosen. */
export const hasEmptyLabel = (value: unknown): boolean =>
  Array.isArray(value) && value.some((each) => nameOf(each) === '');

function nameOf(label: unknown): string {
  if (isPlainObject(label)) return nameOf(label.label ?? label.name ?? '');
  return label === null || label === undefined ? '' : String(label);
}
