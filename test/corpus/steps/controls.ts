import { named, type Steps } from '../hand.ts';

/** One kind of control after the other. */
export const controlSteps: Readonly<Record<string, Steps>> = {
  async 'native-controls'(hand) {
    const { task } = hand;
    await hand.write(task.getByLabel('Weight in kg'), '12.5');
    await hand.write(task.getByLabel('Made on'), '2024-11-05');
    await hand.pick(task.getByLabel('Material'), 'Iron');
    await hand.write(task.getByLabel('Remarks'), 'one\ntwo');
    await hand.press(task.getByLabel('Lock'));
    await hand.choose(task.getByLabel('Used'));
    await hand.submit();
  },
  async 'survey-with-sliders'(hand) {
    const { task } = hand;
    await hand.slide(task.getByRole('slider').first(), 1);
    await hand.write(task.getByRole('spinbutton'), '7.5');
    await hand.type('Tab');
    await hand.submit();
  },
  async 'boxes-and-switches'(hand) {
    const { task } = hand;
    await hand.press(task.getByRole('checkbox', { name: 'Blurred' }));
    await hand.press(task.getByRole('checkbox', { name: 'I have seen the whole picture' }));
    await hand.press(task.getByRole('switch', { name: 'For adults only' }));
    await hand.submit();
  },
  async 'radio-groups-to-check'(hand) {
    const { task } = hand;
    await hand.choose(task.getByRole('radio', { name: 'One', exact: true }));
    await hand.press(task.getByRole('radio', { name: 'Alone a' }));
    await hand.press(task.getByRole('radio', { name: 'Alone b' }));
    await hand.press(task.getByRole('radio', { name: 'Needed or not' }));
    await hand.submit();
    await task.getByText('Choose an animal.').waitFor();
    await hand.choose(task.getByRole('radio', { name: 'A dog' }));
    await hand.submit();
  },
  async 'fields-with-rules'(hand) {
    const { task } = hand;
    await hand.write(named(task, 'code'), 'aXbY');
    await hand.submit();
    await task.getByText('Three or four capitals').waitFor();
    await hand.write(named(task, 'code'), 'XYZ1');
    await hand.write(named(task, 'town'), 'Ulm');
    await hand.write(named(task, 'amount'), '18.25');
    await hand.write(named(task, 'day'), '2025-12-24');
    await hand.write(named(task, 'old'), 'abcdef');
    await hand.write(named(task, 'digits'), '24zz68');
    await hand.submit();
  },
  async 'buttons-of-all-kinds'(hand) {
    const { task } = hand;
    await hand.press(task.getByRole('button', { name: 'One more' }));
    await hand.press(task.getByRole('button', { name: 'Start again' }));
    await hand.write(named(task, 'note'), 'near the lake');
    await hand.press(task.getByRole('button', { name: 'One more' }));
    await hand.press(task.getByRole('button', { name: 'Look again' }));
    await hand.press(task.getByRole('button', { name: 'A rare one' }));
    await hand.press(task.getByRole('button', { name: 'With a picture' }));
    await task.getByRole('link', { name: 'About birds' }).waitFor();
    await hand.submit('Done');
  },
  async 'round-buttons'(hand) {
    const { task } = hand;
    await task.getByText('Text after badges is seen').waitFor();
    await hand.write(named(task, 'title'), 'Evening');
    await hand.press(task.getByRole('button', { name: 'A star' }));
    await hand.press(task.getByRole('button', { name: 'A question' }));
    await hand.press(task.getByRole('button', { name: 'Send now' }));
  },
  async 'pages-in-tabs'(hand) {
    const { task } = hand;
    const tab = async (name: string, key: string) =>
      hand.way === 'mouse' ? hand.press(task.getByRole('tab', { name })) : hand.type(key);
    await hand.write(named(task, 'page1/line2'), '');
    await hand.submit();
    // What is missing has the focus.
    await hand.write(named(task, 'page1/line2'), 'I write to you');
    await hand.press(task.getByRole('tab', { name: 'Page 1' }));
    await tab('Page 2', 'ArrowRight');
    await named(task, 'page2/line1').waitFor();
    await tab('Remarks', 'ArrowRight');
    await hand.write(named(task, 'remarks'), 'faded ink');
    await hand.submit();
  },
  async 'help-in-dialogs'(hand) {
    const { task } = hand;
    await hand.press(task.getByRole('button', { name: 'What is asked of me?' }));
    await task.getByText('Give the bird a name.').waitFor();
    await hand.type('Escape');
    await hand.press(task.getByRole('button', { name: 'Details' }));
    await hand.write(named(task, 'wings'), '185');
    await hand.press(task.getByRole('dialog').getByRole('button', { name: 'Close' }));
    await hand.write(named(task, 'bird'), 'heron');
    await hand.submit();
  },
  async 'cards-to-choose'(hand) {
    const { task } = hand;
    await task.getByText('11.9 with tax').waitFor();
    await task.getByText('66.05 with tax, was 90').waitFor();
    await hand.press(task.getByRole('checkbox', { name: 'Keep Chair <new>' }));
    await hand.submit();
  },
};
