// A worker at a real browser.
import { type Browser, chromium, type FrameLocator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { Profiles } from '../../packages/portal/src/testing/profiles.ts';
import { password, type TestServer } from './test-server.ts';
import { chromiumPath } from './tools.ts';

/** A fleet has a proxy with the certificate of the tests. */
const isFleet = process.env.HOLDPOINT_TEST_FLEET !== undefined;

export interface Reviewer {
  readonly page: Page;
  /** The page of the task. */
  readonly task: FrameLocator;
  /** Presses "Start working" at the first waiting task of this title and waits for its page. */
  start(title: string): Promise<void>;
  /** Presses the form's Submit and waits until the portal says that the answer is in. */
  submit(): Promise<void>;
  /** Leaves a task by the button of this name, which asks before. */
  leave(button: 'Decline task' | 'Release task' | 'Stop and resume later'): Promise<void>;
  /** Opens the task list. */
  list(): Promise<void>;
  /** The button of the task's row. */
  row(title: string, button?: 'Start working' | 'Resume working'): ReturnType<Page['getByRole']>;
}

export interface SignInOptions {
  /**
   * Leaves the choice to go on by itself as it is at first, which is on. Without it, it is off: what follows an answer would
   * be in the way of tests whose subject is something else.
   */
  readonly goesOn?: boolean;
}

export interface Chromium {
  signIn: (server: Pick<TestServer, 'url'>, email: string, options?: SignInOptions) => Promise<Reviewer>;
  /** A page of nobody who is signed in. */
  openPage: () => Promise<Page>;
  /** What pages threw and content policies refused; a test that expects some takes them out. */
  readonly complaints: string[];
}

/**
 * One Chromium for the tests of a file; each reviewer has a profile of their own, gone after the test.
 *
 * @param lasts whether profiles outlive the test, until the file's end
 * @param trusting whether every certificate is trusted, as those that tests make
 */
export function useChromium({ lasts = false, trusting = isFleet } = {}): Chromium {
  let browser: Browser;
  let profiles: Profiles;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: chromiumPath,
      args: ['--no-sandbox', ...(trusting ? ['--ignore-certificate-errors'] : [])],
    });
    profiles = new Profiles(browser, { viewport: { width: 1280, height: 900 }, locale: 'en-GB' }, complaints);
  });
  afterAll(async () => {
    await browser?.close();
  });
  afterEach(async () => {
    if (!lasts) await profiles.takeBack();
    // What a page throws or its content policy refuses is a defect of ours in every one of these tests.
    expect(complaints.splice(0)).toEqual([]);
  });

  const openPage = (): Promise<Page> => profiles.lend();

  async function signIn(
    server: Pick<TestServer, 'url'>,
    email: string,
    { goesOn = false }: SignInOptions = {},
  ): Promise<Reviewer> {
    const page = await openPage();
    await page.goto(`${server.url}/portal`);
    await page.getByLabel('Email', { exact: true }).fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
    if (!goesOn) await page.evaluate(() => localStorage.setItem('holdpoint:continue', 'off'));
    return reviewerAt(page, `${server.url}/portal`);
  }
  return { signIn, openPage, complaints };
}

export function reviewerAt(page: Page, portal: string): Reviewer {
  const task = page.frameLocator('iframe[title=Task]');
  const row: Reviewer['row'] = (title, button = 'Start working') =>
    page.getByRole('button', { name: button, exact: true, description: title });
  return {
    page,
    task,
    row,
    async start(title) {
      await row(title).first().click();
      await page
        .getByRole('heading', { name: title, exact: true })
        .waitFor()
        .catch(async (error: Error) => {
          // What the page says instead is worth more than that it does not say the other.
          error.message += `\n${page.url()}\n${await page.locator('main').innerText()}`;
          throw error;
        });
      await task.locator('crowd-form').waitFor();
    },
    async submit() {
      const answered = page.waitForResponse((reply) => /\/submit$/.test(new URL(reply.url()).pathname) && reply.ok());
      await task.getByRole('button', { name: 'Submit', exact: true }).click();
      await answered;
      // Where the next task follows at once, it is said beside that.
      const heading = page.getByRole('heading', { name: 'Submitted', exact: true });
      await heading.or(page.getByText('Submitted “')).first().waitFor();
    },
    async leave(button) {
      await page.getByRole('button', { name: button, exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Confirm', exact: true }).click();
      await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
    },
    async list() {
      await page.goto(portal);
      await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
      // The heading is there while the list is still being loaded.
      await page.locator('.loading').first().waitFor({ state: 'detached' });
    },
  };
}
