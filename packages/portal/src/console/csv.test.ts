import { expect, test } from 'vitest';
import { csvLines } from './csv.ts';

test('O4 CSV quotes what has to be, and runs no formulas', () => {
  const rows = [
    ['a "b", c', 1.5, new Date('2026-01-02T03:04:05Z'), undefined],
    ['=HYPERLINK("http://evil.example")', -3, '@x', '+1'],
    ['two\nlines', 0, '-a', '\tb'],
  ];
  expect(csvLines([['Näme', 'x'], ...rows])).toBe(
    [
      'Näme,x',
      '"a ""b"", c",1.5,2026-01-02T03:04:05.000Z,',
      `"'=HYPERLINK(""http://evil.example"")",-3,'@x,'+1`,
      `"two\nlines",0,'-a,'\tb`,
      '',
    ].join('\r\n'),
  );
});
