import { named, type Steps } from '../hand.ts';

/** Pages that Liquid and scripts make. */
export const scriptSteps: Readonly<Record<string, Steps>> = {
  async 'liquid-of-all-kinds'(hand) {
    const { task } = hand;
    await task.getByRole('heading', { name: 'Order <17> of Ana & Co' }).waitFor();
    const sentences = ['First line 3.77, half 1.570795, 2 lines', 'Note 1.2: bent', 'No notes for Bolt', 'Express'];
    for (const sentence of sentences) await task.getByText(sentence, { exact: true }).waitFor();
    await task.locator('em', { hasText: 'Hello' }).waitFor();
    await hand.write(named(task, 'line2'), '2.5');
    await hand.submit();
  },
  async 'whole-input-as-json'(hand) {
    const { task } = hand;
    await task.locator('pre', { hasText: '{"record":{"name":"Zoë","tags":["a","<b>"]}}' }).waitFor();
    await hand.write(task.getByLabel('JSON'), '{"name":');
    await hand.submit();
    await task.getByText('This is no JSON.').waitFor();
    await hand.write(task.getByLabel('JSON'), '{"name":"Zoe","tags":[]}');
    await hand.submit();
  },
  async 'small-query-library'(hand) {
    const { task } = hand;
    await hand.pick(task.getByLabel('Language'), 'Other');
    await hand.write(task.getByLabel('Which one?'), 'Sorbian');
    await hand.submit();
  },
  async 'app-with-a-shadow-tree'(hand) {
    const { task } = hand;
    await hand.press(task.getByRole('checkbox', { name: 'Mirror it' }));
    await hand.press(task.getByRole('button', { name: 'Shift' }));
    await hand.slide(task.getByRole('slider'), 3);
    await hand.submit('Send skeleton');
  },
  async 'categories-by-script'(hand) {
    const { task } = hand;
    await hand.choose(task.getByRole('radio', { name: 'plant' }));
    await hand.choose(task.getByRole('radio', { name: 'moss' }));
    await hand.submit();
  },
  async 'appended-afterwards'(hand) {
    const { task } = hand;
    await hand.write(named(task, 'direct'), 'A');
    await hand.write(named(task, 'area'), 'B');
    await hand.write(named(task, 'inner'), 'C');
    await hand.submit();
  },
  async 'loaded-twice'(hand) {
    await hand.task.locator('body[data-loaded=yes]').waitFor();
    await hand.press(hand.task.getByRole('switch', { name: 'It is true' }));
    await hand.submit();
  },
  async 'right-to-left'(hand) {
    const { task } = hand;
    await hand.choose(task.getByRole('radio', { name: 'טוב' }));
    await hand.write(named(task, 'reason'), 'כי כך');
    await hand.submit();
  },
  async 'comments-and-links'(hand) {
    const { task } = hand;
    await task.locator('a[href$="&X-Amz-Signature=0123456789abcdef"]').waitFor();
    await task.locator('#sizes[data-signed][data-plain]').waitFor({ state: 'attached' });
    await hand.write(task.getByLabel('Caption'), `It's "a" <tiny> one & only!`);
    await hand.submit();
  },
  async 'template-element-and-details'(hand) {
    const { task } = hand;
    await hand.press(task.getByRole('button', { name: 'Drop name 1' }));
    await hand.press(task.getByRole('button', { name: 'One more name' }));
    await hand.write(task.getByLabel('Name 3', { exact: true }), 'Eva');
    await hand.submit();
  },
  async 'serialised-by-hand'(hand) {
    const { task } = hand;
    await hand.write(named(task, 'a'), 'x');
    await hand.press(task.getByRole('button', { name: 'Look at the answer' }));
    await task.getByText('[{"a":"x","n":3}]').waitFor();
    await hand.submit();
  },
  async 'pictures-in-a-grid'(hand) {
    const { task } = hand;
    await hand.choose(task.getByLabel('p 1 same'));
    await hand.choose(task.getByLabel('p.2 other'));
    await hand.choose(task.getByLabel('p/3 other'));
    await hand.submit();
  },
};
