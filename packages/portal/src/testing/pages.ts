// Every page of the portal in each of its states, for tests that look at all of them.
import type { Page } from 'playwright-core';
import { acceptTask, addSession, addTask, endAssignment, type PortalState } from './portal-state.ts';

export interface PageState {
  name: string;
  path: string;
  prepare?: (state: PortalState) => void;
  /** What is to be read before anything is done. */
  until: string;
  act?: (page: Page) => Promise<unknown>;
}

/** Long names have to break somewhere. */
export const longWord = 'Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichen'.repeat(2);
function fill(state: PortalState): void {
  state.keywords = ['finance', 'invoice', 'x'.repeat(30)];
  state.today = { answers: 3, seconds: 300 };
  addTask(state, 't0', { title: 'Soon', expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
  addTask(state, 't1', { title: 'Check the invoice', keywords: ['invoice', 'finance'] });
  addTask(state, 't2', {
    title: longWord,
    description: longWord,
    flowDefinitionName: longWord.slice(0, 63).toLowerCase(),
  });
  for (const id of ['t3', 't4']) {
    addTask(state, id);
    acceptTask(state, id);
  }
  endAssignment(state, 'a-t4', 'stopped');
}

export const pages: readonly PageState[] = [
  { name: 'sign in', path: '/portal/sign-in', until: 'Password' },
  {
    name: 'display and language',
    path: '/portal/sign-in',
    until: 'Password',
    act: (page) => page.getByRole('button', { name: 'Display and language' }).click(),
  },
  { name: 'sign in refused', path: '/portal/sign-in', until: 'Password', act: refuseSignIn },
  {
    name: 'sign in elsewhere',
    path: '/portal/sign-in',
    prepare: (state) => {
      state.identityProvider = 'login.a-long-name-of-an-organisation.example.com:8443';
    },
    until: 'Sign in at login.',
  },
  {
    name: 'set password',
    path: '/portal/link#t',
    prepare: (state) => state.links.set('t', 'set-password'),
    until: 'New password',
  },
  { name: 'dead link', path: '/portal/link#none', until: 'This link did not work' },
  { name: 'sign-ins', path: '/portal/sessions', prepare: (state) => addSession(state, 'there'), until: 'This browser' },
  { name: 'forgot password', path: '/portal/forgot-password', until: 'Send the link' },
  {
    name: 'link is mailed',
    path: '/portal/forgot-password',
    until: 'Send the link',
    async act(page) {
      await page.getByLabel('Email').fill(`${longWord}@example.com`);
      await page.getByRole('button', { name: 'Send the link' }).click();
      await page.getByText('Look into your mail').waitFor();
    },
  },
  {
    name: 'second factor',
    path: '/portal/second-factor',
    prepare: askFactor('give'),
    until: 'Is it you?',
    act: wrongCode,
  },
  {
    name: 'second factor to set up',
    path: '/portal/second-factor',
    prepare: askFactor('set-up'),
    until: 'Set up a second factor',
    act: startApp,
  },
  { name: 'security, nothing yet', path: '/portal/security', until: 'Add a passkey' },
  { name: 'security', path: '/portal/security', prepare: addPasskeys, until: longWord.slice(0, 60), act: startApp },
  {
    name: 'recovery codes',
    path: '/portal/security',
    prepare: addPasskeys,
    until: 'Make new codes',
    async act(page) {
      await page.getByRole('button', { name: 'Make new codes' }).click();
      await page.getByText('Keep your recovery codes').waitFor();
    },
  },
  { name: 'notices', path: '/portal/notices', until: 'Quiet hours' },
  { name: 'no such page', path: '/portal/nowhere', until: 'There is no such page' },
  { name: 'empty list', path: '/portal', until: 'No tasks are waiting for you.' },
  { name: 'task list', path: '/portal', prepare: fill, until: 'Check the invoice' },
  { name: 'filtered list', path: '/portal?keyword=finance&sort=newest', prepare: fill, until: 'Check the invoice' },
  { name: 'nothing fits', path: `/portal?text=${'nothing'.repeat(20)}`, prepare: fill, until: 'Without the words' },
  { name: 'no team', path: '/portal', prepare: leaveTeams, until: 'in no team' },
  { name: 'work', path: '/portal/work/a-t3', prepare: fill, until: 'Release task' },
  {
    name: 'confirm',
    path: '/portal/work/a-t3',
    prepare: fill,
    until: 'Release task',
    act: (page) => page.getByText('Release task').click(),
  },
  { name: 'stopped', path: '/portal/work/a-t4', prepare: fill, until: 'You stopped this task.' },
  { name: 'time over', path: '/portal/work/a-t1', prepare: lateTask, until: 'Time is over' },
  { name: 'gone', path: '/portal/work/none', until: 'This task has ended' },
  { name: 'submitted', path: '/portal/work/a-t3', prepare: fillUndoable, until: 'Release task', act: submit },
  {
    name: 'decline',
    path: '/portal/work/a-t3',
    prepare: fill,
    until: 'Release task',
    async act(page) {
      await page.getByText('Decline task').click();
      await page.getByText('It cannot be answered').click();
    },
  },
  { name: 'deciding', path: '/portal/work/a-t1', prepare: deciding, until: 'Yours decides' },
  { name: 'more time', path: '/portal/work/a-t1', prepare: littleTime, until: 'More time' },
  {
    name: 'keys',
    path: '/portal',
    prepare: fill,
    until: 'Check the invoice',
    act: (page) => page.locator('.menu [aria-keyshortcuts="?"]').click(),
  },
  { name: 'no answers', path: '/portal/answers', until: 'You have not answered anything lately' },
  { name: 'answers', path: '/portal/answers', prepare: answered, until: longWord },
  { name: 'answer', path: '/portal/answers/a-t2', prepare: answered, until: 'Take it back' },
];

function fillUndoable(state: PortalState): void {
  fill(state);
  state.undoMs = 60_000;
}

function askFactor(secondFactor: PortalState['secondFactor']) {
  return (state: PortalState): void => {
    state.signedIn = false;
    if (secondFactor !== undefined) state.secondFactor = secondFactor;
  };
}

async function wrongCode(page: Page): Promise<void> {
  await page.getByLabel('Code of your authenticator app').fill('000000');
  await page.getByRole('button', { name: 'Go on' }).first().click();
  await page.getByText('This code is wrong').waitFor();
  await page.locator('summary').click();
}

async function startApp(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Set up a/ }).click();
  await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
}

function addPasskeys(state: PortalState): void {
  const createdAt = new Date().toISOString();
  state.passkeys = [
    { passkeyId: 'one', name: longWord.slice(0, 100), createdAt },
    { passkeyId: 'two', name: 'Phone', createdAt, lastUsedAt: createdAt, otherHost: 'old.example.com' },
  ];
}

function leaveTeams(state: PortalState): void {
  state.workteams = [];
}

function littleTime(state: PortalState): void {
  state.extendSeconds = 600;
  addTask(state, 't1');
  acceptTask(state, 't1', 50);
}

function deciding(state: PortalState): void {
  addTask(state, 't1');
  const drawn = (left: number) => ({
    [longWord]: {
      boundingBoxes: [{ left, top: 20, width: 100, height: 80, label: longWord }],
      inputImageProperties: { width: 640, height: 480 },
    },
  });
  state.assignments.set('a-t1', { ...acceptTask(state, 't1'), earlierAnswers: [drawn(10), drawn(300), drawn(320)] });
}

function answered(state: PortalState): void {
  fill(state);
  state.undoMs = 60_000;
  acceptTask(state, 't2');
  endAssignment(state, 'a-t2', 'submitted');
  const answerContent = { [longWord]: longWord, verdict: { fair: true }, note: 'Two\nlines' };
  state.answers.push({ assignmentId: 'a-t2', answerContent });
}

function lateTask(state: PortalState): void {
  addTask(state, 't1');
  acceptTask(state, 't1', -1);
}

async function refuseSignIn(page: Page): Promise<void> {
  await page.getByLabel('Email').fill('x@example.com');
  await page.getByLabel('Password').fill('x');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('#sign-in-error').getByText('password').waitFor();
}

async function submit(page: Page): Promise<void> {
  await page.evaluate(() => localStorage.setItem('holdpoint:continue', 'off'));
  await page.frameLocator('iframe:not([inert])').getByRole('button', { name: 'Submit' }).click();
  await page.getByRole('heading', { name: 'Submitted' }).waitFor();
}
