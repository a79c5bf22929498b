// The table of what the corpus uses: no cell of those that are in use anywhere may be empty.
import { expect, test } from 'vitest';
import { crowdElements } from '../../packages/server/src/templates/check/crowd-elements.ts';
import { cellsOf, habits, quirks } from './cells.ts';
import { readCorpus } from './read-corpus.ts';
import { requiredCells } from './required-cells.ts';

/** The names of the templates that fill each cell. */
const table = new Map<string, string[]>();
for (const template of readCorpus())
  for (const cell of cellsOf(template)) table.set(cell, [...(table.get(cell) ?? []), template.name]);

const required = { ...requiredCells, quirks: Object.keys(quirks), 'habits of scripts': Object.keys(habits) };

test.each(Object.entries(required))('the corpus has all %s', (_group, cells) => {
  expect(cells.filter((cell) => !table.has(cell))).toEqual([]);
});

test('every element is asked for', () => {
  const asked = new Set(requiredCells['elements and attributes']);
  expect([...crowdElements.keys()].filter((tag) => !asked.has(tag))).toEqual([]);
});

test('a template without any of it fills next to nothing', () => {
  const html = '<!DOCTYPE html><crowd-form><p>{{ task.input.text }}</p></crowd-form>';
  expect([...cellsOf({ html })].sort()).toEqual(['a doctype', 'crowd-form', 'p']);
});
