// A language for tests in place of German: every text stands in brackets and is written from right to left, so that a text that
// comes from nowhere else shows itself.
import { english, type Words } from '../words/en.ts';

const bracketed = (value: unknown): unknown => {
  if (typeof value === 'string') return value.trim() === '' ? value : `⟦${value}⟧`;
  return Array.isArray(value) ? ['⟦', ...value, '⟧'] : value;
};

function translate(value: unknown): unknown {
  if (typeof value === 'function') return (...given: unknown[]) => bracketed(value(...given));
  if (typeof value !== 'object' || value === null) return bracketed(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, translate(inner)]));
}

export const german = {
  ...(translate(english) as Words),
  language: 'de',
  direction: 'rtl',
} satisfies Words;
