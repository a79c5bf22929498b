// `npm run screenshots`: pictures of every page of the portal and the console and of every element, from the real server with
// seeded data. `npm run screenshots -- console answer` takes those anew whose names have one of these in them.
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { root } from './root.mjs';
import { createCamera, type Shot } from './screenshots/camera.ts';
import { disputed, lastJudgedByThree } from './screenshots/history.ts';
import { setStage } from './screenshots/seed.ts';
import { accept, minutes, now, people, type Stage } from './screenshots/stage.ts';
import { installTestTools } from './test-tools.mjs';

const folder = join(root, 'docs/screenshots');
const { ada, grace, noor, olga, sam } = people;

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const task = (page: Page) => page.frameLocator('iframe[title=Task]');
const submit = (page: Page) => task(page).getByRole('button', { name: 'Submit', exact: true }).click();

/** The browser's own hint fades in, and says nothing when it has. */
async function incomplete(page: Page): Promise<void> {
  await submit(page);
  await page.waitForTimeout(800);
}

/** Pages of people who are not signed in. */
const outside = (stage: Stage): Shot[] => [
  { name: 'sign-in', path: '/portal/sign-in' },
  {
    name: 'sign-in-error',
    path: '/portal/sign-in',
    act: async (page) => {
      await page.getByLabel('Email', { exact: true }).fill(ada);
      await page.getByLabel('Password', { exact: true }).fill('not the password');
      await press(page, 'Sign in');
      await page.getByText('do not belong together').waitFor();
    },
  },
  {
    name: 'set-password',
    path: async () => (await stage.client.call('CreateSignInLink', { Email: noor, Purpose: 'SetPassword' })).Url,
    act: (page) => page.getByLabel('New password', { exact: true }).waitFor(),
  },
  {
    name: 'link-not-valid',
    path: '/portal/link#bm90LWEtbGluaw',
    act: (page) => page.getByText('This link did not work').waitFor(),
  },
];

/** The list with a task in work and one put aside, and the list of somebody without tasks. */
async function lists(stage: Stage): Promise<Shot[]> {
  stage.at(24);
  const stopped = await accept(stage, ada, 'receipt-check-2');
  await stage.portal(ada, `assignments/${stopped}/stop`, {});
  stage.at(13);
  await accept(stage, ada, 'invoice-check-3');
  const judged = await accept(stage, grace, 'review-fairness-1');
  await stage.portal(grace, `assignments/${judged}/submit`, {
    answerContent: { verdict: { keep: false, remove: true } },
  });
  stage.at();
  return [
    { name: 'tasks', as: ada, path: '/portal' },
    { name: 'tasks-whole', as: ada, path: '/portal', whole: true },
    { name: 'tasks-filtered', as: ada, path: '/portal?keyword=invoices&sort=newest' },
    { name: 'tasks-nothing-fits', as: ada, path: '/portal?text=refund&flow=invoice-check' },
    { name: 'tasks-no-team', as: noor, path: '/portal' },
    { name: 'tasks-empty', as: sam, path: '/portal' },
    { name: 'sign-ins', as: ada, path: '/portal/sessions' },
    { name: 'answers', as: grace, path: '/portal/answers' },
    { name: 'answer', as: grace, path: `/portal/answers/${judged}` },
    { name: 'notices', as: ada, path: '/portal/notices' },
    { name: 'security', as: ada, path: '/portal/security' },
    { name: 'not-found', as: ada, path: '/portal/nothing-here' },
    { name: 'stopped', as: ada, path: `/portal/work/${stopped}` },
  ];
}

/** The work page for each kind of template, its dialogs, and what can go wrong on it. */
async function works(stage: Stage): Promise<Shot[]> {
  const at = async (humanLoopName: string) => `/portal/work/${await accept(stage, ada, humanLoopName)}`;
  const text = await at('customer-sentiment-5');
  const image = await at('street-objects-13');
  const form = await at('invoice-check-4');
  const asks = (name: string, button: string): Shot => ({
    name,
    as: ada,
    path: text,
    act: async (page) => {
      await press(page, button);
      await page.getByRole('dialog').waitFor();
    },
  });
  return [
    { name: 'work-text', as: ada, path: text },
    { name: 'work-image', as: ada, path: image },
    { name: 'work-form', as: ada, path: form },
    { name: 'work-receipt', as: ada, path: await at('receipt-check-7') },
    { name: 'work-adjudication', as: grace, path: `/portal/work/${await accept(stage, grace, disputed)}` },
    { name: 'work-three-reviewers', as: ada, path: await at('review-fairness-1') },
    {
      name: 'instructions',
      as: ada,
      path: text,
      act: (page) =>
        task(page)
          .getByText(/full instructions/i)
          .first()
          .click(),
    },
    { name: 'form-incomplete', as: ada, path: form, act: incomplete },
    asks('decline-dialog', 'Decline task'),
    asks('release-dialog', 'Release task'),
    asks('stop-dialog', 'Stop and resume later'),
    {
      name: 'connection-lost',
      as: ada,
      path: text,
      act: async (page) => {
        await task(page).getByRole('button', { name: 'Submit', exact: true }).waitFor();
        await page.context().setOffline(true);
        // Nor when the page is closed: the next pictures are of the same task.
        await page.route('**/submit', (route) => route.abort('internetdisconnected'));
        await submit(page);
        await page.getByText('Connection lost').waitFor();
      },
    },
    {
      name: 'time-over',
      as: ada,
      path: text,
      act: async (page) => {
        await task(page).getByRole('button', { name: 'Submit', exact: true }).waitFor();
        await page.clock.setFixedTime(now + 16 * minutes);
        await page.getByText('Time is over').first().waitFor();
      },
    },
    {
      name: 'frame-error',
      as: ada,
      path: text,
      act: async (page) => {
        // The server's answer to somebody who is not signed in, as when the session ends at this moment.
        await page.route('**/portal/frame/**', async (route) => {
          const reply = await fetch(route.request().url());
          await route.fulfill({
            status: reply.status,
            headers: Object.fromEntries(reply.headers),
            body: await reply.text(),
          });
        });
        await page.reload();
        await page.getByText('did not load as it should').waitFor();
      },
    },
  ];
}

/** The portal as somebody else may want it. */
const comforts = (): Shot[] => {
  const speak = (name: string, tag: string): Shot => ({
    name,
    as: ada,
    path: '/portal',
    act: async (page, again) => {
      await press(page, 'Display and language');
      await page.getByRole('dialog').getByLabel('Language').selectOption(tag);
      await page.locator(`html[lang=${tag}]`).waitFor();
      await again(`${name}-display`);
      await page.keyboard.press('Escape');
    },
  });
  const turn = (page: Page) => page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  return [speak('tasks-german', 'de'), { name: 'tasks-right-to-left', as: ada, path: '/portal', act: turn }];
};

/** How a task ends. The loop of Sam's team is the only one there, so nothing follows it. */
const endings = (stage: Stage): Shot[] => [
  {
    name: 'submitted-last',
    as: sam,
    path: async () => {
      const loop = await stage.start('night-shift', {
        taskObject: 'All well here. Good night!',
        initialValue: 'Neutral',
      });
      return `/portal/work/${await accept(stage, sam, loop)}`;
    },
    act: async (page, again) => {
      await page.evaluate(() => localStorage.setItem('holdpoint:continue', 'off'));
      await submit(page);
      await page.getByText('Your answer is in.').waitFor();
      await again('submitted');
      await press(page, 'Next task');
      await page.getByText('No more tasks are waiting').waitFor();
    },
  },
  {
    name: 'ended',
    as: ada,
    path: async () => {
      const loop = await stage.start('customer-sentiment', { taskObject: 'Hello', initialValue: 'Neutral' });
      const assignment = await accept(stage, ada, loop);
      await stage.portal(ada, `assignments/${assignment}/decline`, {});
      return `/portal/work/${assignment}`;
    },
  },
];

/** The operators' console, after what the reviewers have done on the other pictures. */
async function consoles(stage: Stage): Promise<Shot[]> {
  await stage.client.call('CreateEventTarget', { Kind: 'human-loop', Url: 'https://hooks.example.com/holdpoint' });
  const shot = (name: string, path: string, act?: Shot['act']): Shot => ({
    name: `console-${name}`,
    as: olga,
    path: `/console${path}`,
    ...(act && { act }),
  });
  return [
    shot('overview', ''),
    shot('human-loops', '/human-loops'),
    shot('human-loop', `/human-loops/${lastJudgedByThree()}`),
    shot('answers', `/human-loops/${disputed}`, async (page) => {
      await page.locator('.overlay image').first().waitFor();
      await page.getByRole('heading', { name: 'Answers', exact: true }).evaluate((heading) => heading.scrollIntoView());
    }),
    shot('flow-definitions', '/flow-definitions'),
    shot('flow-definition', '/flow-definitions/invoice-check'),
    shot('new-flow-definition', '/flow-definitions/new'),
    shot('human-task-uis', '/human-task-uis'),
    shot('template-editor', '/human-task-uis/invoice-check', (page) =>
      page.frameLocator('iframe').locator('crowd-form').waitFor(),
    ),
    shot('new-human-task-ui', '/human-task-uis/new'),
    shot('statistics', '/statistics?range=Week'),
    shot('workforce', '/workforce'),
    shot('workteams', '/workteams'),
    shot('workteam', '/workteams/reviewers'),
    shot('workers', '/workers'),
    shot('worker', `/workers/${encodeURIComponent(ada)}`),
    shot('access-keys', '/access-keys'),
    shot('event-targets', '/event-targets'),
    shot('activity', '/activity'),
  ];
}

/** Every element, as its example in the gallery shows it. */
async function elements(stage: Stage): Promise<Shot[]> {
  const index = await (await fetch(`${stage.url}/gallery/`)).text();
  const examples = [...index.matchAll(/data-tag="([^"]+)"[^>]*data-example="([^"]+)"/g)];
  if (examples.length === 0) throw new Error('The gallery lists no elements.');
  return examples.map(([, tag = '', example = '']) => ({
    name: `element-${tag}`,
    path: async (scheme) => `/gallery/examples/${example}?lang=en&scheme=${scheme}`,
    isBare: true,
    darkAt: [1280],
  }));
}

async function main(): Promise<void> {
  await installTestTools();
  const executablePath = process.env.HOLDPOINT_TEST_CHROMIUM;
  if (!executablePath) throw new Error('Pictures need Chromium: install it, or name it in HOLDPOINT_TEST_CHROMIUM.');
  await mkdir(folder, { recursive: true });
  const wanted = process.argv.slice(2);
  if (wanted.length === 0)
    for (const file of await readdir(folder)) if (file.endsWith('.png')) await rm(join(folder, file));
  const stage = await setStage();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const take = createCamera(browser, stage, folder);
    for (const scene of [outside, lists, comforts, works, endings, consoles, elements])
      for (const shot of await scene(stage))
        if (wanted.length === 0 || wanted.some((part) => shot.name.includes(part))) await take(shot);
  } finally {
    await browser.close();
    await stage.close();
  }
}

await main();
