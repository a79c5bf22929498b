import { type FieldKind, type Given, isNumber, sumOf, weightOf } from './field-kind.ts';

/** Numbers, as a slider gives them: how far two are the same is one minus their relative difference. */
export const numbers: FieldKind<number> = {
  kind: 'number',
  read: (value) => (isNumber(value) ? value : undefined),
  numberOf: (value) => value,
  similarity(a, b) {
    const size = Math.max(Math.abs(a), Math.abs(b));
    return a === b || size === 0 ? 1 : Math.max(0, 1 - Math.abs(a / size - b / size));
  },
  merge(given, context) {
    const merged = context.numbers === 'mean' ? weightedMean(given) : weightedMedian(given);
    return { method: context.numbers, merged, value: merged };
  },
};

/**
 * Numbers as text fields give them. Their median is one of those that were written, and two are the same or are not: what is
 * written in digits may as well be the number of an invoice. Text with leading zeros or more digits than a number holds stays text.
 */
export const numberTexts: FieldKind<{ readonly number: number; readonly text: string }> = {
  kind: 'number-text',
  read(value) {
    if (typeof value !== 'string') return undefined;
    const text = value.trim();
    return /^[-+]?(0|[1-9]\d{0,14})(\.\d{1,15})?$/.test(text) && text.replace(/\D/g, '').length <= 15
      ? { number: Number(text), text }
      : undefined;
  },
  numberOf: ({ number }) => number,
  similarity: (a, b) => (a.number === b.number ? 1 : 0),
  merge(given, context) {
    if (context.numbers === 'mean') {
      const number = weightedMean(given.map(({ value, weight }) => ({ value: value.number, weight })));
      const digits = Math.max(...given.map(({ value }) => value.text.split('.')[1]?.length ?? 0));
      const text = number.toFixed(digits);
      return { method: 'mean', merged: { number: Number(text), text }, value: text };
    }
    const sorted = [...given].sort((a, b) => a.value.number - b.value.number || (a.value.text < b.value.text ? -1 : 1));
    const merged = lowerMedian(sorted).value;
    return { method: 'median', merged, value: merged.text };
  },
};

/** The mean, counted once for each unit of weight. */
export function weightedMean(given: readonly Given<number>[]): number {
  const total = weightOf(given);
  // In one order, since sums of fractions depend on it.
  const sorted = [...given].sort((a, b) => a.value - b.value || a.weight - b.weight);
  return sumOf(sorted.map(({ value, weight }) => value * (weight / total)));
}

/**
 * The weighted median: half of the weight is not above it and half is not below it; between two that are that, the middle
 * (Edgeworth, On a New Method of Reducing Observations Relating to Several Quantities, Philosophical Magazine 25, 1888).
 */
export function weightedMedian(given: readonly Given<number>[]): number {
  const sorted = [...given].sort((a, b) => a.value - b.value || a.weight - b.weight);
  const low = lowerMedian(sorted).value;
  const high = lowerMedian(sorted.toReversed()).value;
  return low === high ? low : low / 2 + high / 2;
}

function lowerMedian<T>(sorted: readonly Given<T>[]): Given<T> {
  const half = weightOf(sorted) / 2;
  let seen = 0;
  for (const one of sorted) {
    seen += one.weight;
    // What is half but for the rounding of sums is half.
    if (seen >= half * (1 - 1e-12)) return one;
  }
  return sorted.at(-1)!;
}
