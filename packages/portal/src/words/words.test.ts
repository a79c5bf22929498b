// The catalogues beside each other, and what the server says.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { japanese } from './ja.ts';
import { refusalText } from './refusals.ts';
import { speak } from './words.ts';

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

test.each([
  ['task-gone', 'This task is not yours any more (released).', 'Diese Aufgabe ist nicht mehr Ihre.'],
  [
    'too-many-attempts',
    'Too many attempts to sign in. Please try again in a minute, or ask for a sign-in link.',
    german.refusals.tooManyAttempts(1),
  ],
  [
    'too-many-attempts',
    'Too many attempts to sign in. Please try again in 5 minutes, or ask for a sign-in link.',
    german.refusals.tooManyAttempts(5),
  ],
  ['weak-password', 'Please choose a password of at least 10 characters.', german.refusals.passwordShort(10)],
  [
    'answer-too-large',
    'This answer is too large; at most 8 MB can be submitted.',
    german.refusals.answerLargerThan('8 MB'),
  ],
  [
    'internal',
    'Something went wrong on the server. Please try again; if it goes on, report request ab-1.',
    german.refusals.internal('ab-1'),
  ],
  ['signed-out', 'Who are you?', german.refusals.signedOut],
  ['forbidden', 'Not on Sundays.', 'Not on Sundays.'],
] as const)('R5: %s, %s', async (code, sentence, text) => {
  expect(refusalText(code, sentence)).toBe(sentence);
  Object.assign(globalThis, { document: { documentElement: {} } });
  await speak('de');
  expect(refusalText(code, sentence)).toBe(text);
  await speak('en');
});
