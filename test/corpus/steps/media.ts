import { named, type Steps } from '../hand.ts';

/** Pictures to look at, sounds, films and documents. */
export const mediaSteps: Readonly<Record<string, Steps>> = {
  async 'picture-to-classify'(hand) {
    await hand.choose(hand.task.getByRole('radio', { name: 'river' }));
    await hand.submit();
  },
  async 'boxes-to-verify'(hand) {
    const { task } = hand;
    await hand.choose(task.getByRole('radio', { name: 'wrong' }));
    await hand.press(task.getByRole('button', { name: 'Add a reason' }));
    await hand.write(task.getByRole('textbox', { name: 'What is wrong?' }), "The green one, it's too wide.");
    await hand.press(task.getByRole('button', { name: 'Close' }));
    await hand.submit();
  },
  async 'masks-to-verify'(hand) {
    const { task } = hand;
    await hand.choose(named(task, 'mask').getByRole('radio', { name: 'yes' }));
    await hand.choose(named(task, 'parts').getByRole('radio', { name: 'no' }));
    await hand.submit();
  },
  async 'animals-in-a-picture'(hand) {
    const { task } = hand;
    await hand.press(task.getByRole('checkbox', { name: 'Cat' }));
    await hand.press(task.getByRole('checkbox', { name: 'Owl' }));
    await hand.press(task.getByRole('button', { name: 'Add a comment' }));
    await hand.write(task.getByRole('textbox', { name: 'Add a comment' }), 'half hidden');
    await hand.type('Escape');
    await hand.submit();
  },
  async 'unsafe-content'(hand) {
    const { task } = hand;
    await task.getByText('Picture Moderation').waitFor();
    await hand.press(task.getByRole('checkbox', { name: 'Weapons' }));
    await hand.press(task.getByRole('checkbox', { name: 'Smoking' }));
    await hand.press(task.getByRole('checkbox', { name: 'Weapons' }));
    await hand.submit();
  },
  async 'unsafe-content-or-none'(hand) {
    const { task } = hand;
    await hand.press(task.getByRole('checkbox', { name: 'Nothing of it' }));
    await hand.submit();
  },
  async 'sound-to-classify'(hand) {
    const { task } = hand;
    await task.getByText('2 seconds').waitFor();
    await hand.choose(task.getByRole('radio', { name: 'calm' }));
    await hand.submit();
  },
  async 'speech-to-write-down'(hand) {
    const { task } = hand;
    for (const [index, from] of ['0.5', '1.25'].entries()) {
      await hand.press(task.getByRole('button', { name: `From ${from} s` }));
      await task.locator(`body[data-at="${from}"]`).waitFor();
      await hand.write(named(task, `part${index + 1}`), ['hello world', 'good bye'][index]!);
    }
    await hand.submit();
  },
  async 'film-to-classify'(hand) {
    const { task } = hand;
    await task.locator('body[data-known]').waitFor();
    await hand.choose(task.getByRole('radio', { name: 'news' }));
    await hand.submit();
  },
  async 'moments-of-a-film'(hand) {
    const { task } = hand;
    await hand.press(task.getByRole('button', { name: '500', exact: true }));
    await task.locator('tr[data-seen="0.5"]').waitFor();
    await hand.pick(task.getByLabel('Smoking'), 'drop');
    await hand.submit();
  },
  async 'letter-to-read'(hand) {
    const { task } = hand;
    await task.frameLocator('iframe').getByText('your parcel left on 3 May').waitFor();
    await hand.submit();
    await hand.write(named(task, 'day'), '3 May');
    await hand.pick(task.getByLabel('Year'), '2026');
    await hand.choose(task.getByRole('radio', { name: 'delivery' }));
    await hand.submit();
  },
  async 'pages-of-a-document'(hand) {
    const { task } = hand;
    await hand.press(task.getByRole('button', { name: 'Help' }));
    await task.getByText('Copy what is printed.').waitFor();
    await hand.type('Escape');
    await hand.write(task.getByLabel('Sum (unsure)'), '10.00');
    await hand.write(task.getByLabel('Signed by'), 'B. Smith');
    await hand.submit();
  },
};
