// The catalogues beside each other, and what the server says.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { japanese } from './ja.ts';

/** What is the same in two languages, or no word. */
const same = new Set(['language', 'direction', 'time.between', 'queue.colon']);
const sharedWords: { readonly [language: string]: readonly string[] } = { es: [], de: ['table.status'], ja: [] };

function texts(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) => {
    const place = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') return [[place, value] as [string, string]];
    return typeof value === 'object' ? texts(value, place) : [];
  });
}

test.each([spanish, german, japanese])('R5: $language says everything in its own words', (words) => {
  const inEnglish = new Map(texts(english));
  const left = texts(words).filter(
    ([place, text]) =>
      (text === inEnglish.get(place) || text.trim() === '') &&
      !same.has(place) &&
      !sharedWords[words.language]?.includes(place),
  );
  expect(left).toEqual([]);
});

test('R5: Japanese is written in Japanese', () => {
  const left = texts(japanese).filter(
    ([place, text]) => !same.has(place) && !/[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}]/u.test(text),
  );
  expect(left).toEqual([]);
});

/** Codes whose sentences are for whoever writes programs, or are explained by their code. */
const unsaid = ['bad-request', 'forbidden', 'signed-out', 'answer-invalid'];

test('R5: what the server refuses is known in every language', () => {
  const folders = ['portal', 'domain'].map((name) => new URL(`../../../server/src/${name}/`, import.meta.url));
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => readFileSync(new URL(name, folder), 'utf8')),
  );
  const refusals = files.flatMap((text) => [...text.matchAll(/new Refusal\(\s*'([a-z-]+)',\s*(['"])(.+?)\2/g)]);
  expect(refusals.length).toBeGreaterThan(20);
  const known = new Set(Object.values(english.refusals).filter((text) => typeof text === 'string'));
  const unknown = refusals.filter(([, code, , sentence]) => !unsaid.includes(code!) && !known.has(sentence!));
  expect(unknown.map(([, code, , sentence]) => `${code}: ${sentence}`)).toEqual([]);
});
