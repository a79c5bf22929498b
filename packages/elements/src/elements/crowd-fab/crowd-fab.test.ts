import { describe, expect, test } from 'vitest';
import { testRoundButton } from '../../internal/round-button.cases.ts';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();

describe('crowd-fab', () => {
  testRoundButton(crowd, 'crowd-fab');

  test.each([
    ['label="?"', '?', 0],
    ['label="far too long"', 'far too long', 0],
    ['label="?" icon="star"', '', 1],
  ])('%s shows the text "%s" and %i icons', async (attributes, text, icons) => {
    const page = await crowd.openForm(`<crowd-fab ${attributes} title="Help"></crowd-fab>`);
    const button = page.getByRole('button', { name: 'Help' });
    expect((await button.textContent())?.trim()).toBe(text);
    expect(await button.locator('svg').count()).toBe(icons);
    expect((await button.boundingBox())?.width).toBe(56);
    expect(await crowd.faults()).toEqual([]);
  });
});
