import { describe, expect, test } from 'vitest';
import { testRoundButton } from '../../internal/round-button.cases.ts';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();

describe('crowd-icon-button', () => {
  testRoundButton(crowd, 'crowd-icon-button');

  test('alt names it where it has no title', async () => {
    const page = await crowd.openForm('<crowd-icon-button icon="star" alt="Favourite"></crowd-icon-button>');
    expect(await page.getByRole('button', { name: 'Favourite' }).count()).toBe(1);
  });
});
