import { named, type Steps } from '../hand.ts';

/** Forms with scripts, tables and controls of all kinds. */
export const formSteps: Readonly<Record<string, Steps>> = {
  async 'translations-to-edit'(hand) {
    const { task } = hand;
    await task.getByText('Mañana "temprano" & <b>frío</b>').waitFor();
    await hand.choose(task.getByLabel('Good 1'));
    await hand.write(named(task, 'translation2'), "It doesn't matter.");
    await hand.choose(task.getByLabel('Bad 2'));
    await hand.write(named(task, 'translation3'), 'So what?\nReally?');
    await hand.submit();
    // The third one is missing.
    await hand.choose(task.getByLabel('Good 3'));
    await hand.submit();
  },
  async 'terms-for-a-glossary'(hand) {
    const { task } = hand;
    await hand.write(task.getByLabel('gate valve', { exact: true }), 'sluice gate');
    await hand.press(task.getByRole('checkbox', { name: 'Add gate valve' }));
    await hand.submit();
  },
  async 'two-replies-to-rank'(hand) {
    const { task } = hand;
    await hand.submit();
    await hand.pick(task.getByLabel('Rank of reply 1'), 'first');
    await hand.pick(task.getByLabel('Rank of reply 2'), 'second');
    await hand.submit();
  },
  async 'names-taken-literally'(hand) {
    const { task } = hand;
    await hand.write(named(task, 'invoice.Total (EUR)'), '13.50');
    await hand.write(task.getByLabel('Change Reason'), 'typo');
    await hand.write(task.getByLabel('Price'), '9');
    await hand.press(task.getByRole('checkbox', { name: 'Sure' }));
    await hand.submit();
  },
  async 'one-name-many-times'(hand) {
    const { task } = hand;
    await hand.write(task.getByLabel('Comment 1'), 'crawls');
    await hand.press(task.getByRole('checkbox', { name: 'Keep bee' }));
    await hand.write(task.getByLabel('Prediction 3'), 'fruit fly');
    await hand.write(task.getByLabel('Comment 3'), 'buzzes');
    await hand.press(task.getByRole('checkbox', { name: 'Keep fly' }));
    await hand.submit();
  },
  async 'form-in-the-form'(hand) {
    const { task } = hand;
    await hand.pick(task.getByLabel('Blueprint'), 'Receipt');
    await hand.write(named(task, 'Due date'), '1 May');
    await hand.press(task.getByLabel('I have checked all fields'));
    await hand.submit('Send review');
  },
  async 'hidden-submit-button'(hand) {
    const { task } = hand;
    await hand.write(task.getByLabel('huis'), 'house');
    await hand.write(task.getByLabel('boom'), 'tree');
    await hand.press(task.getByRole('button', { name: 'Finish' }));
  },
  async 'return-false'(hand) {
    const { task } = hand;
    await hand.write(named(task, 'from'), '30');
    await hand.write(named(task, 'to'), '12');
    await hand.submit();
    await task.getByText('The first page cannot come after the last.').waitFor();
    await hand.press(task.getByRole('button', { name: 'Close' }));
    await hand.write(named(task, 'from'), '3');
    await hand.submit();
  },
  async 'native-submit-button'(hand) {
    const { task } = hand;
    await hand.write(task.getByLabel('Year'), '1871');
    await hand.submit('Send the year');
  },
  async 'question-that-depends'(hand) {
    const { task } = hand;
    await hand.choose(task.getByRole('radio', { name: 'Damaged' }));
    await hand.submit();
    await task.getByText('Say where.').waitFor();
    await hand.write(task.getByLabel('Where is it damaged?'), 'lid');
    await hand.submit();
  },
  async 'instructions-without-a-widget'(hand) {
    const { task } = hand;
    await hand.slide(task.getByRole('slider'), 4);
    await hand.write(task.getByLabel('Checked on'), '2026-02-28');
    await hand.write(named(task, 'why'), 'It reads well,\nmostly.');
    await hand.submit();
  },
  async 'examples-in-a-dialog'(hand) {
    const { task } = hand;
    await hand.press(task.getByRole('button', { name: 'How to judge captions' }));
    await hand.press(task.getByRole('tab', { name: 'Summary' }));
    await (hand.way === 'mouse' ? hand.press(task.getByRole('tab', { name: 'Examples' })) : hand.type('End'));
    await task.getByText('A road with a red car').waitFor();
    await hand.press(task.getByRole('button', { name: 'Close' }));
    await hand.choose(task.getByRole('radio', { name: 'It fits' }));
    await hand.submit();
  },
  async 'rows-made-by-script'(hand) {
    const { task } = hand;
    await hand.write(named(task, 'word-1'), 'oak');
    await hand.press(task.getByRole('button', { name: 'One more row' }));
    await hand.write(named(task, 'word-2'), 'elm');
    await hand.choose(task.getByRole('radio', { name: 'Hard to read' }));
    await hand.submit();
  },
};
