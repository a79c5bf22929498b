import { named, type Steps } from '../hand.ts';

/** Marks on images and in texts. */
export const toolSteps: Readonly<Record<string, Steps>> = {
  async 'cars-to-box'(hand) {
    const boxes = named(hand.task, 'annotatedResult');
    await hand.mark(boxes, 'Car', [150, 90], [230, 140]);
    await hand.mark(boxes, 'Tree', [340, 110], [300, 40]);
    await hand.submit();
  },
  async 'boxes-to-adjust'(hand) {
    const boxes = named(hand.task, 'boxes');
    await hand.move(boxes, 0, [40, 100], [60, 100]);
    await hand.remove(boxes, 1, [250, 70]);
    await hand.submit();
  },
  async 'labels-to-add'(hand) {
    const { task } = hand;
    await hand.write(named(task, '_customLabel'), ' Bench ');
    await hand.press(task.getByRole('button', { name: 'Add label' }));
    await hand.mark(named(task, 'things'), 'Bench', [20, 100], [80, 130]);
    await hand.submit();
  },
  async 'nothing-to-box'(hand) {
    const { task } = hand;
    await hand.submit();
    await task.getByText('Please mark something, or tick “Nothing to label”.').waitFor();
    await hand.press(task.getByRole('checkbox', { name: 'Nothing to label' }));
    await hand.submit();
  },
  async 'overlay-on-the-canvas'(hand) {
    const { task } = hand;
    await hand.mark(named(task, 'left'), 'Thing', [60, 60], [120, 100]);
    await hand.press(task.getByRole('button', { name: 'Show the line' }));
    await hand.submit();
  },
  async 'labels-by-group'(hand) {
    const { task } = hand;
    await hand.pick(task.locator('#group'), 'vehicles');
    await hand.mark(task.locator('#annotator'), 'bus', [200, 100], [260, 150]);
    await hand.submit();
  },
  async roofs(hand) {
    const tool = named(hand.task, 'annotatedResult');
    await hand.mark(tool, 'roof', [160, 60], [240, 60], [240, 130]);
    await hand.mark(tool, 'garden', [20, 150], [90, 150], [90, 180], [20, 190]);
    await hand.submit();
  },
  async 'polygons-with-an-own-face'(hand) {
    const { task } = hand;
    await hand.press(task.getByRole('button', { name: 'Hide the instructions' }));
    await task.getByText('Use the buttons above.').waitFor({ state: 'hidden' });
    await hand.press(task.getByRole('button', { name: 'Maize now' }));
    await task.getByText('Chosen: maize').waitFor();
    await hand.mark(named(task, 'fields'), 'maize', [200, 80], [260, 80], [230, 120]);
    await hand.submit();
  },
  async lanes(hand) {
    await hand.mark(named(hand.task, 'lanes'), 'dashed', [200, 190], [210, 120], [190, 90]);
    await hand.submit();
  },
  async edges(hand) {
    await hand.mark(named(hand.task, 'edges'), 'kerb', [120, 150], [330, 160]);
    await hand.submit();
  },
  async 'one-eye-each'(hand) {
    const { task } = hand;
    const face = named(task, 'face');
    await hand.mark(face, 'Left Eye', [160, 90]);
    await hand.mark(face, 'Left Eye', [170, 150]);
    await hand.submit();
    await task.getByText('Left Eye is there more than once.').waitFor();
    await hand.remove(face, 1, [170, 150]);
    // The mark before it is selected now, and a label would be for that one.
    await hand.type('Escape');
    await hand.mark(face, 'Right Eye', [220, 95]);
    await hand.submit();
  },
  async 'pose-to-adjust'(hand) {
    await hand.move(named(hand.task, 'pose'), 0, [100, 80], [120, 80]);
    await hand.submit();
  },
  async 'names-in-a-text'(hand) {
    const tool = named(hand.task, 'crowd-entity-annotation');
    await hand.highlight(tool, 'A person', 'Ada');
    await hand.highlight(tool, 'A place', 'Bath');
    await hand.submit();
  },
  async 'verbs-and-a-topic'(hand) {
    const { task } = hand;
    await hand.highlight(named(task, 'nlp'), 'A verb', 'Turn off');
    await hand.choose(task.getByRole('radio', { name: 'Technology' }));
    await hand.submit();
  },
  async 'entities-in-a-form'(hand) {
    const { task } = hand;
    const tool = named(task, 'drugs');
    await hand.highlight(tool, 'dose', '500 mg');
    await hand.highlight(tool, 'drug', 'ibuprofen');
    await hand.write(named(task, 'note'), 'second line too');
    await hand.submit();
  },
  async 'child-with-a-shadow-root'(hand) {
    await hand.task.locator('body[data-wide="400"]').waitFor();
    await hand.mark(named(hand.task, 'boxes'), 'Cup', [180, 90], [200, 110]);
    await hand.submit();
  },
  async 'road-and-sky'(hand) {
    const tool = named(hand.task, 'annotatedResult');
    await hand.mark(tool, 'Road', [8, 8], [18, 8], [18, 14], [8, 14]);
    await hand.mark(tool, 'Sky', [0, 0], [6, 0], [6, 8], [0, 8]);
    await hand.submit();
  },
  async 'mask-to-adjust'(hand) {
    await hand.mark(named(hand.task, 'mask'), 'Floor', [12, 0], [18, 0], [18, 8], [12, 8]);
    await hand.submit();
  },
  async 'cells-one-by-one'(hand) {
    const tool = named(hand.task, 'cells');
    await hand.press(tool.getByRole('button', { name: 'Add instance: Nucleus' }));
    await hand.mark(tool, 'Nucleus', [16, 0], [24, 0], [24, 8], [16, 8]);
    await hand.submit();
  },
  async 'form-to-check'(hand) {
    const { task } = hand;
    const tool = task.locator('crowd-textract-analyze-document');
    const value = tool.getByRole('textbox', { name: 'Value' });
    // Up and down go through the list, from a field by way of Escape.
    const open = async (text: string, ...keys: string[]) =>
      hand.way === 'mouse' ? hand.press(tool.locator('.pair-head', { hasText: text })) : hand.type(...keys);
    await hand.submit();
    await hand.write(value, 'j@example.org');
    await open('Fax', 'Escape', 'ArrowDown');
    await hand.press(tool.getByRole('checkbox', { name: 'Key not found' }));
    await open('Name:', 'Escape', 'ArrowDown');
    await hand.write(value, 'Jane');
    await hand.submit();
  },
  async 'replies-to-rank'(hand) {
    const { task } = hand;
    for (const chip of ['0-1', '0-0', '0-2', '1-0', '1-2', '1-1']) await hand.press(task.locator(`#chip-${chip}`));
    await hand.submit();
  },
  async 'questions-about-a-text'(hand) {
    const tool = named(hand.task, 'qa');
    await hand.write(tool.getByRole('textbox', { name: 'Question' }), 'Who wrote the notes?');
    await hand.write(tool.getByRole('textbox', { name: 'Answer' }), 'Ada Lovelace');
    await hand.press(tool.getByRole('checkbox', { name: 'Who', exact: true }));
    await hand.highlight(tool, '', 'Ada Lovelace');
    await hand.submit();
  },
};
