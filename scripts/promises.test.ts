import { expect, it } from 'vitest';
import { promises, unkept } from './promises.mjs';

it('names the promises that no passed test begins with', () => {
  const titles = Object.keys(promises).map((number) => `${number} does it`);
  expect(unkept(titles)).toEqual([]);
  const left = titles.map((title) => title.replace('R4', 'about R4').replace('O1', 'O11'));
  expect(unkept(left)).toEqual([`R4 ${promises.R4}`, `O1 ${promises.O1}`]);
});
