import { describe, expect, it } from 'vitest';
import { parseMoment } from './moment.ts';

const now = Date.parse('2026-11-25T12:00:00Z');

describe('a moment', () => {
  it.each([
    ['2026-11-25', '2026-11-25T00:00:00.000Z'],
    ['2026-11-25T15:04', '2026-11-25T15:04:00.000Z'],
    ['2026-11-25 15:04:05', '2026-11-25T15:04:05.000Z'],
    ['2026-11-25T15:04:05.678Z', '2026-11-25T15:04:05.678Z'],
    ['2026-11-25T15:04:05+02:00', '2026-11-25T13:04:05.000Z'],
    ['2h', '2026-11-25T10:00:00.000Z'],
    ['1d12h', '2026-11-24T00:00:00.000Z'],
  ])('%s is %s', (text, moment) => {
    expect(parseMoment(text, '--after', now).toISOString()).toBe(moment);
  });

  it.each(['', 'now', '2026-13-01', '2026-11-25T25:00Z', '1764072000', '-2h', '25.11.2026'])('is not %j', (text) => {
    expect(() => parseMoment(text, '--after', now)).toThrow(/^--after takes a moment such as .*, not '/);
  });
});
