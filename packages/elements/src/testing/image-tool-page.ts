// The page of one image tool in a form, and what its batteries of cases say of it.
import type { Page } from 'playwright-core';
import type { CrowdPage } from './crowd-page.ts';
import { type StagePointer, stagePointer } from './stage-pointer.ts';
import type { TestImages } from './test-images.ts';

export type Entry = Readonly<Record<string, unknown>>;

export interface ImageToolCase {
  readonly tag: string;
  /** Under which the answer has the list. */
  readonly key: string;
  /** Draws one mark by mouse, with the label Cat chosen, and what the answer has for it. */
  readonly draw: (stage: StagePointer) => Promise<unknown>;
  readonly drawn: Entry;
  /** Draws one by keys; the cursor appears at 200, 100. */
  readonly keys: readonly string[];
  readonly drawnByKeys: Entry;
  /** What can be given to begin with: one for Cat, one for Dog. */
  readonly initial: readonly [Entry, Entry];
  /** The first of them, moved to the right by one pixel and relabelled Dog. */
  readonly nudged: Entry;
  /** Entries that are left out. */
  readonly unreadable: readonly unknown[];
  /** Given partly outside, and as it comes out. */
  readonly outside: readonly [Entry, Entry];
}

/** Masks have no entries to be read one by one, and nothing that could be moved or duplicated. */
export interface MaskToolCase extends Pick<ImageToolCase, 'tag' | 'key' | 'draw' | 'drawn' | 'initial'> {
  /** What the answer of the tool says, with a list under the key. */
  readonly listed: (answer: Entry) => Entry;
  /** A value of `initial-value` with these marks. */
  readonly given: (marks: readonly Entry[]) => unknown;
}

export type ImageToolPage = ReturnType<typeof imageToolPage>;

/** All images are 400 × 200 unless a test says otherwise. */
export function imageToolPage(crowdPage: CrowdPage, images: TestImages, each: ImageToolCase | MaskToolCase) {
  const { tag, key } = each;
  const mask = 'listed' in each ? each : undefined;
  const listed = (answer: unknown) => {
    const { q } = answer as { q?: Entry };
    return mask && q ? { ...(answer as Entry), q: mask.listed(q) } : answer;
  };
  const crowd: CrowdPage = Object.assign(Object.create(crowdPage) as CrowdPage, {
    answer: async () => listed(await crowdPage.answer()),
    submitted: async () => (await crowdPage.submitted()).map(listed),
  });
  const size = { height: 200, width: 400 };
  const labels = `labels="['Cat', 'Dog']"`;
  const element = (more = labels, src = images.url('400x200.png')) =>
    `<${tag} id="tool" name="q" src="${src}" header="Mark them" data-watch ${more}></${tag}>`;
  const given = (value: unknown) =>
    `initial-value='${JSON.stringify(mask ? mask.given(value as readonly Entry[]) : value)}'`;
  const answer = (marks: readonly unknown[], more = {}) => ({
    q: { [key]: marks, inputImageProperties: size, ...more },
  });
  const submit = () => crowd.page.getByRole('button', { name: 'Submit', exact: true }).click();
  const loaded = (page: Page) =>
    page.waitForFunction(() => {
      const tool = document.querySelector('#tool') as unknown as {
        value: { inputImageProperties: { width: number } };
        validationMessage: string;
      };
      return tool.value.inputImageProperties.width > 0 && !tool.validationMessage.includes('is loading');
    });
  async function open(more?: string, src?: string): Promise<StagePointer> {
    const page = await crowd.openForm(element(more, src));
    await loaded(page);
    return stagePointer(page);
  }
  const alerts = () => crowd.page.locator('#tool crowd-alert').allTextContents();
  const drawCat = async (stage: StagePointer) => {
    await stage.page.keyboard.press('1');
    await each.draw(stage);
  };
  return { crowd, size, labels, element, given, answer, submit, loaded, open, alerts, drawCat };
}
