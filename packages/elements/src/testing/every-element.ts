// Every element, how a template has it, and the states that a worker can bring it into: what all batteries over looks walk
// through. A state begins where the one before has ended.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { TestImages } from './test-images.ts';

type Enter = (page: Page) => Promise<unknown>;

export interface ElementStates {
  /** The elements that the page shows. */
  readonly tags: readonly string[];
  /** What stands in the form; what the states are about has the id `tool`. */
  readonly html: (images: TestImages) => string;
  readonly states: Readonly<Record<string, Enter>>;
  /** Whether its module comes when a page uses it and it has a work area. */
  readonly isTool?: true;
}

/** By which it is seen that a state was reached; all states of that name have it. */
export const proofs: Readonly<Record<string, string>> = {
  refused: 'crowd-form crowd-alert',
  'no label chosen': '#tool .hint',
  'being drawn': '#tool :is(.handles, .sketch, .shape, .mask)',
  'a mark is selected': '#tool :is(.mark[aria-selected=true], .span.selected)',
  'a mark is not selected': '#tool .mark[aria-selected=false]',
  'text is selected': '#tool .text-stage:focus',
  'shortcuts are open': '#tool #shortcuts',
  'settings are open': '#tool #settings',
  'instructions are open': '#tool dialog[open]',
  'nothing to label': '#tool .nothing input:checked',
  disabled: '#tool :disabled, #tool[disabled]',
  'an unreadable attribute': '#tool crowd-alert',
  'a broken image': '#tool .picture-state',
  'a pair is open': '#tool .pair.current textarea',
  'a pair is wrong': '#tool .pair-error:not(:empty)',
  'a passage is marked': '#tool .passage',
  'a pair is edited': '#tool .pair.selected .pair-body',
  'a box is drawn anew': '#tool .pair-boxes [aria-pressed=true]',
  'a pair is added': '#tool .pair.selected .key-field',
  open: '#tool :is(dialog[open], .toast)',
};

/** All tags there are, from the manifest. */
export const allTags: readonly string[] = [
  ...readFileSync(new URL('../../custom-elements.json', import.meta.url), 'utf8').matchAll(/"tagName": "([^"]+)"/g),
].map(([, tag]) => tag!);

const instructions = `<short-instructions header="In short">Mark <b>all</b> of them.</short-instructions>
  <full-instructions header="At length"><p>Take your time.</p></full-instructions>`;
const json = (value: unknown) => JSON.stringify(value).replaceAll('&', '&amp;').replaceAll('"', '&quot;');

const set =
  (properties: Readonly<Record<string, unknown>>): Enter =>
  (page) =>
    page.evaluate((given) => {
      for (const [name, value] of Object.entries(given)) {
        const tool = document.querySelector('#tool')!;
        // Attributes are told from properties by what they are, so that a broken text can be given, too.
        if (typeof value === 'string' && name.includes('-')) tool.setAttribute(name, value);
        else Object.assign(tool, { [name]: value });
      }
    }, properties);
const attribute =
  (name: string, value: string): Enter =>
  (page) =>
    page.evaluate(([name, value]) => document.querySelector('#tool')!.setAttribute(name!, value!), [name, value]);
const refused: Enter = (page) => page.getByRole('button', { name: 'Submit', exact: true }).click();
const press =
  (...keys: readonly string[]): Enter =>
  async (page) => {
    for (const key of keys) await page.keyboard.press(key);
  };
const click =
  (selector: string): Enter =>
  (page) =>
    page.locator(`#tool ${selector}`).first().click();
const steps =
  (...all: readonly Enter[]): Enter =>
  async (page) => {
    for (const each of all) await each(page);
  };
const as = async () => {};

const closed = press('Escape');
const dialog = click('.full-link');
const alerted: Enter = (page) => page.locator('#tool crowd-alert').first().waitFor();

/** The states of whatever is just a control of a form. */
const control = (fill: Enter, more: Readonly<Record<string, Enter>> = {}): Readonly<Record<string, Enter>> => ({
  empty: as,
  refused,
  filled: fill,
  ...more,
  disabled: set({ disabled: true }),
});

const brush = ['b', 'Space', 'Shift+ArrowRight', 'Space'];
const imageLoaded: Enter = (page) =>
  page.waitForFunction('tool.value?.inputImageProperties?.width > 0 && !tool.validationMessage.includes("is loading")');
const onStage: Enter = (page) => page.locator('#tool .stage').focus();

/** @param draw keys that draw one mark; the label is chosen and the cursor stands in the middle */
function imageTool(tag: string, draw: readonly string[], begin: readonly string[] = []): ElementStates {
  return {
    tags: [tag],
    isTool: true,
    html: (images) =>
      `<${tag} id="tool" name="q" src="${images.url('400x200.png')}" header="Mark them" labels="['Cat', 'Dog']">${instructions}</${tag}>`,
    states: {
      empty: imageLoaded,
      refused,
      'no label chosen': steps(onStage, press(...draw)),
      'being drawn': steps(press('1'), onStage, press(...(begin.length > 0 ? begin : draw))),
      'a mark is selected': steps(closed, closed, onStage, press(...draw, 'Tab')),
      'a mark is not selected': steps(onStage, closed),
      'shortcuts are open': press('?'),
      'settings are open': steps(press('?'), click('paper-icon-button button')),
      'instructions are open': steps(click('paper-icon-button button'), dialog),
      disabled: steps(closed, set({ disabled: true })),
      'nothing to label': steps(set({ disabled: false, initialValue: undefined }), (page) =>
        page.locator('#tool .nothing input').check(),
      ),
      'an unreadable attribute': steps(attribute('labels', '{ broken'), alerted),
      'a broken image': (page) =>
        page
          .evaluate(
            (src) => document.querySelector('#tool')!.setAttribute('src', src),
            // Refused at once: nothing listens there.
            'data:text/plain,nothing',
          )
          .then(() => page.locator('#tool .picture-state crowd-alert, #tool crowd-alert').first().waitFor()),
    },
  };
}

const classifier = (tag: string, content: string, attributes = ''): ElementStates => ({
  tags: [tag],
  html: (images) =>
    `<${tag} id="tool" src="${images.url('400x200.png')}" name="q" header="Which?" categories="['good', 'bad', 'ugly']" ${attributes}>${content}${instructions}</${tag}>`,
  states: {
    ...control(press('1')),
    'instructions are open': steps(set({ disabled: false }), dialog),
    'an unreadable attribute': steps(closed, attribute('categories', '{ broken')),
  },
});

const rectangle = (left: number, top: number, width: number, height: number) => ({
  boundingBox: { height, left, top, width },
  polygon: [
    { x: left, y: top },
    { x: left + width, y: top },
    { x: left + width, y: top + height },
    { x: left, y: top + height },
  ],
});
const block = (type: 'KEY' | 'VALUE', id: string, at: object, relationships: object[]) => ({
  blockType: 'KEY_VALUE_SET',
  confidence: 60,
  entityTypes: [type],
  geometry: at,
  id,
  relationships,
});
const word = (id: string, text: string) => ({ blockType: 'WORD', id, text });
const documentBlocks = [
  { blockType: 'PAGE', id: 'page' },
  block('KEY', 'k1', rectangle(0.1, 0.1, 0.2, 0.1), [
    { ids: ['v1'], type: 'VALUE' },
    { ids: ['w1'], type: 'CHILD' },
  ]),
  block('VALUE', 'v1', rectangle(0.4, 0.1, 0.3, 0.1), [{ ids: ['w2'], type: 'CHILD' }]),
  block('KEY', 'k2', rectangle(0.1, 0.4, 0.2, 0.1), [
    { ids: ['v2'], type: 'VALUE' },
    { ids: ['w3'], type: 'CHILD' },
  ]),
  block('VALUE', 'v2', rectangle(0.4, 0.4, 0.3, 0.1), [{ ids: ['w4'], type: 'CHILD' }]),
  word('w1', 'Name'),
  word('w2', 'Jane'),
  word('w3', 'Phone'),
  word('w4', '555-0100'),
];
const overlay = json({
  boundingBox: { labels: ['Cup', 'Plate'], value: [{ label: 'Cup', left: 40, top: 20, width: 100, height: 80 }] },
});

export const everyElement: readonly ElementStates[] = [
  {
    tags: ['crowd-alert'],
    html: () =>
      `<div id="tool">${['info', 'success', 'warning', 'error'].map((type) => `<crowd-alert type="${type}" dismissible>It is so.</crowd-alert>`).join('')}</div>`,
    states: { shown: as },
  },
  {
    tags: ['crowd-badge'],
    html: () =>
      '<div id="tool"><p><span id="a">Messages</span></p><crowd-badge for="a" label="12"></crowd-badge><p><span id="b">Stars</span></p><crowd-badge for="b" icon="star"></crowd-badge></div>',
    states: { shown: as },
  },
  imageTool('crowd-bounding-box', ['Space', 'Shift+ArrowRight', 'Shift+ArrowDown', 'Space']),
  {
    tags: ['crowd-button'],
    html: () =>
      `<div id="tool"><crowd-button>Plain</crowd-button><crowd-button variant="primary">Primary</crowd-button><crowd-button variant="link">Link</crowd-button>
       <crowd-button variant="icon" icon="settings" aria-label="Settings"></crowd-button><crowd-button icon="star">With icon</crowd-button><crowd-button href="#x">Address</crowd-button>
       <crowd-button disabled>Disabled</crowd-button><crowd-button variant="primary" loading>Loading</crowd-button></div>`,
    states: { shown: as },
  },
  {
    tags: ['crowd-card'],
    html: () => '<crowd-card id="tool" heading="A card"><p>Content</p></crowd-card>',
    states: { shown: as },
  },
  {
    tags: ['crowd-checkbox'],
    html: () => '<crowd-checkbox id="tool" name="q" required>I have read it</crowd-checkbox>',
    states: control(click('#control')),
  },
  classifier('crowd-classifier', '<classification-target>A text</classification-target>'),
  classifier(
    'crowd-classifier-multi-select',
    '<classification-target>A text</classification-target>',
    `exclusion-category="{ text: 'None' }" required`,
  ),
  {
    tags: ['crowd-entity-annotation'],
    isTool: true,
    html: () =>
      `<crowd-entity-annotation id="tool" name="q" header="Mark names" text="Ada met Charles in London." labels="['person', 'place']">${instructions}</crowd-entity-annotation>`,
    states: {
      empty: as,
      'marks, none selected': set({
        initialValue: [
          { label: 'person', startOffset: 0, endOffset: 3 },
          { label: 'person', startOffset: 8, endOffset: 15 },
        ],
      }),
      'a mark is selected': steps((page) => page.locator('#tool .text-stage').focus(), press('n')),
      'text is selected': steps(press('Escape', 'Escape', 'Control+Home'), press('Control+Shift+ArrowRight')),
      'shortcuts are open': press('?'),
      'instructions are open': steps(press('?'), dialog),
      disabled: steps(closed, set({ disabled: true })),
      'an unreadable attribute': steps(set({ disabled: false }), attribute('labels', '{ broken'), alerted),
    },
  },
  {
    tags: ['crowd-fab', 'crowd-icon-button', 'iron-icon'],
    html: () =>
      `<div id="tool"><crowd-fab icon="star" title="Best"></crowd-fab><crowd-fab label="?" title="Help"></crowd-fab><crowd-fab label="x" title="Off" disabled></crowd-fab>
       <crowd-icon-button icon="search" title="Search"></crowd-icon-button><crowd-icon-button icon="delete" title="Delete" disabled></crowd-icon-button>
       <iron-icon icon="star"></iron-icon></div>`,
    states: { shown: as },
  },
  {
    tags: ['crowd-form'],
    html: () =>
      `<div id="tool"><p>A question</p><label>Native <input name="n" required></label><label><input type="checkbox" name="c"> Tick</label>
       <label>One <select name="s"><option>a</option></select></label> <button type="button">A button</button></div>`,
    states: { empty: as, refused },
  },
  classifier('crowd-image-classifier', '<worker-comment>Say why</worker-comment>', `overlay="${overlay}"`),
  classifier(
    'crowd-image-classifier-multi-select',
    '<worker-comment>Say why</worker-comment>',
    `overlay="${overlay}" required`,
  ),
  {
    tags: ['crowd-input'],
    html: () =>
      '<crowd-input id="tool" name="q" label="Name" placeholder="As on the card" required max-length="20" char-counter></crowd-input>',
    states: control((page) => page.locator('#tool input').fill('Ada'), {
      'read-only': set({ readonly: true, readOnly: true }),
    }),
  },
  imageTool('crowd-instance-segmentation', brush, ['p', 'Space', 'Shift+ArrowRight', 'Space']),
  {
    tags: ['crowd-instructions'],
    html: () =>
      `<crowd-instructions id="tool" link-text="How to"><short-summary>Short</short-summary><detailed-instructions>Long</detailed-instructions>
       <positive-example>Good</positive-example><negative-example>Bad</negative-example></crowd-instructions>`,
    states: { closed: as, open: click('button'), 'another tab': press('ArrowRight') },
  },
  imageTool('crowd-keypoint', ['Shift+ArrowDown', 'Space']),
  imageTool('crowd-line', ['Space', 'Shift+ArrowRight', 'Space'], ['Space', 'Shift+ArrowRight']),
  {
    tags: ['crowd-modal'],
    html: () =>
      '<crowd-modal id="tool" link-text="More"><crowd-input name="q" label="Inside"></crowd-input></crowd-modal>',
    states: {
      closed: as,
      open: click('.trigger'),
      'with a button': steps(closed, set({ linkType: 'button' })),
    },
  },
  imageTool(
    'crowd-polygon',
    ['Space', 'Shift+ArrowRight', 'Space', 'Shift+ArrowDown', 'Space', 'Enter'],
    ['Space', 'Shift+ArrowRight', 'Space'],
  ),
  imageTool('crowd-polyline', ['Space', 'Shift+ArrowRight', 'Space', 'Enter'], ['Space', 'Shift+ArrowRight', 'Space']),
  {
    tags: ['crowd-question-answer-generation'],
    isTool: true,
    html: () =>
      `<crowd-question-answer-generation id="tool" name="q" text="Ada wrote the first program in 1843." question-tags="['Who', 'When']" allow-custom-question-tags="true" min-questions="1" question-min-words="2">${instructions}</crowd-question-answer-generation>`,
    states: {
      empty: as,
      refused,
      'a pair is open': (page) => page.getByRole('button', { name: 'Add a question' }).click(),
      'a pair is wrong': refused,
      'a passage is marked': steps(
        (page) => page.locator('#tool .text-stage').focus(),
        press('Control+Home', 'Control+Shift+ArrowRight', 'Enter'),
      ),
      filled: async (page) => {
        await page.getByRole('textbox', { name: 'Question' }).fill('Who wrote it?');
        await page.getByRole('textbox', { name: 'Answer' }).fill('Ada');
      },
      'shortcuts are open': steps((page) => page.locator('#tool .text-stage').focus(), press('?')),
      'instructions are open': steps(press('?'), dialog),
      disabled: steps(closed, set({ disabled: true })),
      'an unreadable attribute': steps(set({ disabled: false }), attribute('question-tags', '{ broken')),
    },
  },
  {
    tags: ['crowd-radio-button', 'crowd-radio-group'],
    html: () =>
      '<crowd-radio-group id="tool" required aria-label="Which"><crowd-radio-button name="a">A</crowd-radio-button><crowd-radio-button name="b">B</crowd-radio-button><crowd-radio-button name="c" disabled>C</crowd-radio-button></crowd-radio-group>',
    states: { empty: as, refused, chosen: click('crowd-radio-button') },
  },
  classifier('crowd-rekognition-detect-moderation-labels', ''),
  imageTool('crowd-semantic-segmentation', brush, ['p', 'Space', 'Shift+ArrowRight', 'Space']),
  {
    tags: ['crowd-slider', 'crowd-slider-label'],
    html: () =>
      `<crowd-slider id="tool" name="q" min="1" max="5" pin editable aria-label="Clarity" secondary-progress="4"><crowd-slider-label position="1">low</crowd-slider-label><crowd-slider-label position="5">high</crowd-slider-label></crowd-slider>`,
    states: { empty: as, moved: steps(click('#control')), disabled: set({ disabled: true }) },
  },
  {
    tags: ['crowd-tab', 'crowd-tabs'],
    html: () =>
      '<crowd-tabs id="tool"><crowd-tab header="One"><p>First</p></crowd-tab><crowd-tab header="Two"><p>Second</p></crowd-tab></crowd-tabs>',
    states: { 'the first': as, 'the second': steps(click('.tab'), press('ArrowRight')) },
  },
  {
    tags: ['crowd-text-area'],
    html: () =>
      '<crowd-text-area id="tool" name="q" label="Remark" required max-length="20" char-counter></crowd-text-area>',
    states: control((page) => page.locator('#tool textarea').fill('Good'), {
      'read-only': set({ readonly: true, readOnly: true }),
    }),
  },
  {
    tags: ['crowd-text-ranking'],
    isTool: true,
    html: () =>
      `<crowd-text-ranking id="tool" name="q" text="Which is clear?" responses="['First text', 'Second text', 'Third text']" ordinal-ranking-dimensions="[{name: 'Clarity', allowTie: true}, {name: 'Tone', allowTie: false}]" required>${instructions}</crowd-text-ranking>`,
    states: {
      empty: as,
      refused,
      filled: steps(click('#chip-0-1'), click('#chip-0-0'), click('#chip-1-2')),
      'shortcuts are open': press('?'),
      'instructions are open': steps(press('?'), dialog),
      disabled: steps(closed, set({ disabled: true })),
      'an unreadable attribute': steps(set({ disabled: false }), attribute('responses', '{ broken'), alerted),
    },
  },
  {
    tags: ['crowd-textract-analyze-document'],
    isTool: true,
    html: (images) =>
      `<crowd-textract-analyze-document id="tool" src="${images.url('400x200.png')}" header="Review" block-types="['KEY_VALUE_SET']" keys="[{ importantFormKey: 'Total' }]" initial-value="${json(documentBlocks)}">${instructions}</crowd-textract-analyze-document>`,
    states: {
      empty: (page) => page.waitForFunction('tool.shadowRoot?.querySelector("svg.shapes")'),
      refused,
      'a pair is edited': click('.pair-head:has-text("Name")'),
      'a box is drawn anew': click('.pair-boxes .action'),
      'a pair is added': steps(closed, click('#add')),
      'shortcuts are open': steps(closed, onStage, press('?')),
      'settings are open': steps(press('?'), click('paper-icon-button button')),
      'instructions are open': steps(click('paper-icon-button button'), dialog),
      disabled: steps(closed, set({ disabled: true })),
      'an unreadable attribute': steps(set({ disabled: false }), attribute('keys', '{ broken'), alerted),
      'a broken image': steps(attribute('src', 'data:text/plain,nothing'), alerted),
    },
  },
  {
    tags: ['crowd-toast'],
    html: () => '<crowd-toast id="tool" duration="0" text="Saved"></crowd-toast>',
    states: { closed: as, open: set({ opened: true }) },
  },
  {
    tags: ['crowd-toggle-button'],
    html: () => '<crowd-toggle-button id="tool" name="q" required>On or off</crowd-toggle-button>',
    states: control(click('#control'), { invalid: set({ invalid: true, checked: false }) }),
  },
];
