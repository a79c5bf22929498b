// Every template of the corpus through a real server: its loop is started, its page answered by a reviewer with the mouse or
// by another one with keys alone, and the answer in output.json is the one beside the template. `npm run corpus` answers each
// in both ways; otherwise they take turns.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFlow, describeLoop, type Flow, outputOf, startLoop, untilStatus } from '../testing/human-loops.ts';
import { type Reviewer, useChromium } from '../testing/reviewer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';
import { comparable } from './comparable.ts';
import type { Hand, Way } from './hand.ts';
import { keyHand } from './key-hand.ts';
import { putMedia } from './media.ts';
import { mouseHand } from './mouse-hand.ts';
import { type CorpusTemplate, readCorpus } from './read-corpus.ts';
import { steps } from './steps/steps.ts';

const corpus = readCorpus();
const ways: readonly Way[] = ['mouse', 'keys'];

test('every template has its steps, and every step its template', () => {
  expect(Object.keys(steps).sort()).toEqual(corpus.map(({ name }) => name));
  expect(corpus.length).toBeGreaterThanOrEqual(60);
});

describeWith('Chromium')('the corpus', () => {
  const chromium = useChromium({ lasts: true });
  const flows = new Map<string, Promise<Flow>>();
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    await putMedia(server, await chromium.openPage());
  });
  afterAll(() => server?.close());

  function flowOf({ name, html }: CorpusTemplate): Promise<Flow> {
    const flow = flows.get(name) ?? createFlow(server, name, { template: html });
    flows.set(name, flow);
    return flow;
  }

  test.for(corpus)('$name renders', async ({ html, input }) => {
    const { Errors } = await server.client.call('RenderUiTemplate', {
      UiTemplate: { Content: html },
      Task: { Input: JSON.stringify(input) },
      RoleArn: 'arn:aws:iam::000000000000:role/any',
    });
    expect(Errors).toEqual([]);
  });

  describe.each(ways)('by %s', (way) => {
    let reviewer: Reviewer;
    let hand: Hand;

    beforeAll(async () => {
      await server.hire(`${way}@example.com`);
      reviewer = await chromium.signIn(server, `${way}@example.com`);
      await countReady(reviewer);
      hand = (way === 'mouse' ? mouseHand : keyHand)(reviewer.page, reviewer.task);
    });
    // The page after a submission waits for the next task and takes it: the first one of the other reviewer.
    afterAll(() => reviewer?.page.close());

    test.for(wholeCorpus ? corpus : turnsOf(way))('$name', { timeout: 120_000 }, async (template, { task }) => {
      const { name, input, answer } = template;
      const loop = `${name}-${way}-${(task.result?.retryCount ?? 0) + 1}`;
      await startLoop(server, await flowOf(template), loop, input);
      await reviewer.list();
      const there = async () => {
        const { HumanLoopStatus, FailureReason } = await describeLoop(server, loop);
        return [HumanLoopStatus, FailureReason, await reviewer.row(name).count()];
      };
      // A busy machine takes its time to render a page; why one is not rendered is worth knowing.
      await expect.poll(there, { timeout: 45_000 }).toEqual(['InProgress', undefined, 1]);
      await hand.press(reviewer.row(name));
      await reviewer.page.getByRole('heading', { name, exact: true }).waitFor();
      await untilReady(reviewer);
      await steps[name]!(hand);
      await reviewer.page.getByRole('heading', { name: 'Submitted', exact: true }).waitFor();
      await untilStatus(server, loop, 'Completed');
      const output = await outputOf(server, loop);
      expect(output.inputContent).toEqual(input);
      // As text, since the order of keys is part of what programs compare.
      expect(comparable(output.humanAnswers.map(({ answerContent }) => answerContent))).toBe(comparable([answer]));
    });
  });
});

const wholeCorpus = process.env.HOLDPOINT_CORPUS === 'whole';

const turnsOf = (way: Way): readonly CorpusTemplate[] => corpus.filter((_each, at) => at % 2 === ways.indexOf(way));

const mark = 'data-corpus-ready';

/** Marks the documents of tasks whose elements are all there. */
const countReady = ({ page }: Reviewer): Promise<unknown> =>
  page.addInitScript((mark) => {
    document.addEventListener('all-crowd-elements-ready', () => document.documentElement.setAttribute(mark, ''));
  }, mark);

const untilReady = ({ task }: Reviewer): Promise<void> => task.locator(`html[${mark}]`).waitFor();
