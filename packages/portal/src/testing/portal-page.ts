// A browser, a server and a page of the portal for one test file.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { sharedBrowser } from '../../../elements/src/testing/shared-browser.ts';
import { type BuiltAssets, buildAssets } from './built-assets.ts';
import { type PortalServer, startPortalServer } from './portal-server.ts';
import { Profiles } from './profiles.ts';

const viewport = { width: 1280, height: 800 };

export interface PortalPage {
  readonly server: PortalServer;
  readonly page: Page;
  /** What the browser complained about: errors of the page and refusals of the content policy. */
  readonly complaints: string[];
  /** Opens a path in a new browser profile. */
  open: (path: string, options?: OpenOptions) => Promise<Page>;
}

export interface OpenOptions {
  readonly locale?: string;
  readonly hasTouch?: boolean;
  /** Its clock goes as all do, and can be put forward (`page.clock`). */
  readonly ownClock?: boolean;
}

export interface PortalPageOptions {
  /** A module beside this one that takes the place of the German words. */
  words?: string;
  /** Of the browser. */
  locale?: string;
}

/** Sets up before each test of the file; read `server` and `page` inside tests only. */
export function usePortalPage({ words, locale = 'en-GB' }: PortalPageOptions = {}): PortalPage {
  let assets: BuiltAssets;
  let browser: Browser;
  let profiles: Profiles;
  /** Those of other options, for one page. */
  let ownProfiles: Profiles | undefined;
  const current = { complaints: [] as string[] } as { server: PortalServer; page: Page; complaints: string[] };

  beforeAll(async () => {
    assets = await buildAssets(words);
    browser = await sharedBrowser();
    profiles = new Profiles(browser, { viewport, locale }, current.complaints);
  }, 60_000);
  afterAll(async () => {
    await profiles?.close();
    await assets?.remove();
  });
  beforeEach(async () => {
    current.server = await startPortalServer(assets);
    current.complaints.length = 0;
  });
  afterEach(async () => {
    await leave();
    await current.server.close();
  });

  async function leave(): Promise<void> {
    await profiles.takeBack();
    await ownProfiles?.close();
    ownProfiles = undefined;
  }

  async function open(path: string, { ownClock = false, ...given }: OpenOptions = {}): Promise<Page> {
    await leave();
    if (Object.keys(given).length > 0)
      ownProfiles = new Profiles(browser, { viewport, locale, ...given }, current.complaints);
    current.page = await (ownProfiles ?? profiles).lend();
    if (ownClock) await current.page.clock.install();
    await current.page.goto(current.server.url + path);
    return current.page;
  }
  return Object.assign(current, { open });
}
