// The portal in a language of tests, whose every text stands in brackets and is written from right to left.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { accessibilityFaults, standingOut } from '../testing/accessibility.ts';
import { longWord, pages } from '../testing/pages.ts';
import { usePortalPage } from '../testing/portal-page.ts';

const portal = usePortalPage({ words: './pseudo-words.ts', locale: 'de-DE' });

/** Names that people, programs and the server gave. */
const given = new RegExp(
  [
    longWord,
    longWord.slice(0, 63),
    'ada@example.com',
    'Ada Moreau',
    'Holdpoint',
    'reviews',
    'reviewers',
    'Is this review fair\\?',
    'finance',
    'invoice',
    'Check the',
    'Soon',
    'Task t\\d',
    'loop-t\\d',
    'Read the text and say what you think\\.',
    'login\\.[\\w.:-]+',
    'x{30}',
    '(nothing)+',
    'verdict',
    '"?fair"?',
    'true',
    'note',
    'Two',
    'lines',
    'Aa',
    'Phone',
    'old\\.example\\.com',
    longWord.slice(0, 100),
    longWord.slice(0, 40),
    '@example\\.com',
    'English',
    'Español',
    'Deutsch',
    '日本語',
    'U',
  ].join('|'),
  'gi',
);

/** Every text and every attribute that is read or read aloud; times are made by the browser. */
const textsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const shown = document.querySelectorAll<HTMLElement>(
      'body *:not(script, style, time, code, kbd, option[lang], select[name] option)',
    );
    // A sentence with markup in it stands in several texts of one element.
    const blocks = [...shown].filter((each) =>
      each.matches('p, h1, h2, button, a, label, th, td, li, legend, option, span, div'),
    );
    for (const block of blocks) {
      const copy = block.cloneNode(true) as HTMLElement;
      for (const inner of copy.querySelectorAll('time, code, kbd, option[lang], select[name] option')) inner.remove();
      const hasOwnText = [...block.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      );
      const isWithin = block.parentElement?.closest('p, h1, h2, button, a, label, th, legend') !== null;
      if (hasOwnText && !isWithin) found.push(copy.textContent ?? '');
    }
    for (const each of shown)
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        const value = each.getAttribute(name);
        if (value && !each.matches('time')) found.push(value);
      }
    return [...found, document.title];
  });

/** What is left of a text without brackets and names. */
function untranslated(text: string): string {
  let inner = text;
  for (let before = ''; before !== inner; ) {
    before = inner;
    inner = inner.replace(/⟦[^⟦⟧]*⟧/g, '');
  }
  return (inner.replace(given, '').match(/\p{L}+/gu) ?? []).join(' ');
}

test.each(pages)(
  'R5: nothing is said in English, and from right to left nothing is in the way: $name',
  async (state) => {
    state.prepare?.(portal.server.state);
    const page = await portal.open(state.path);
    await page.getByText(state.until).first().waitFor();
    await state.act?.(page);
    expect(await page.evaluate(() => `${document.documentElement.lang} ${document.documentElement.dir}`)).toBe(
      'de rtl',
    );
    const texts = await textsOf(page);
    expect(texts.filter((text) => untranslated(text) !== '')).toEqual([]);
    expect(texts.some((text) => text.includes('⟦'))).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await standingOut(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await standingOut(page)).toEqual([]);
    // Text of twice the size, with what it needs.
    await page.evaluate(() => {
      document.documentElement.style.setProperty('--text-scale', '2');
      document.documentElement.dataset.textSize = '200';
    });
    expect(await standingOut(page), 'twice the size').toEqual([]);
  },
  60_000,
);
