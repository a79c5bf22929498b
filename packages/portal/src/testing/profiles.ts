// Profiles of a browser that tests use one after the other: a new one needs a process, which takes three times as long as
// loading the portal does.
import type { Browser, BrowserContext, BrowserContextOptions, CDPSession, Page } from 'playwright-core';

type Options = BrowserContextOptions & { readonly viewport: { readonly width: number; readonly height: number } };

interface Profile {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly session: CDPSession;
  /** Where it has been since it was lent. */
  readonly origins: Set<string>;
  /** Nothing was done to it that outlasts the pages it shows. */
  isPlain: boolean;
}

/** What cannot be taken back, or is easily forgotten. */
const outlasting = [
  'addInitScript',
  'exposeBinding',
  'exposeFunction',
  'grantPermissions',
  'newCDPSession',
  'on',
  'once',
  'route',
  'routeFromHAR',
  'routeWebSocket',
  'setDefaultTimeout',
  'setExtraHTTPHeaders',
  'setGeolocation',
  'setHTTPCredentials',
  'setOffline',
] as const;

/** Profiles that are alike. */
export class Profiles {
  readonly #browser: Browser;
  readonly #options: Options;
  readonly #complaints: string[];
  readonly #lent: Profile[] = [];
  #idle: Profile[] = [];

  /** @param complaints what pages throw and content policies refuse is put there */
  constructor(browser: Browser, options: Options, complaints: string[]) {
    this.#browser = browser;
    this.#options = options;
    this.#complaints = complaints;
  }

  /** The page of a profile that is like a new one. */
  async lend(): Promise<Page> {
    const profile = this.#idle.pop() ?? (await this.#open());
    this.#lent.push(profile);
    return profile.page;
  }

  /** All that were lent come back, and show nothing any more. */
  async takeBack(): Promise<void> {
    await Promise.all(
      this.#lent.splice(0).map(async (profile) => {
        if (profile.isPlain && (await clear(profile, this.#options.viewport))) this.#idle.push(profile);
        else await profile.context.close();
      }),
    );
  }

  async close(): Promise<void> {
    await this.takeBack();
    await Promise.all(this.#idle.splice(0).map(({ context }) => context.close()));
  }

  async #open(): Promise<Profile> {
    const context = await this.#browser.newContext(this.#options);
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.#complaints.push(String(error)));
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) this.#complaints.push(message.text());
    });
    const origins = new Set<string>();
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame() && frame.url().startsWith('http')) origins.add(new URL(frame.url()).origin);
    });
    const session = await context.newCDPSession(page);
    const profile: Profile = { context, page, session, origins, isPlain: true };
    const spoil = () => {
      profile.isPlain = false;
    };
    for (const owner of [context, page] as unknown as Record<string, (...args: unknown[]) => unknown>[]) {
      for (const name of outlasting) {
        const original = owner[name];
        if (original === undefined) continue;
        owner[name] = (...args) => {
          spoil();
          return original.apply(owner, args);
        };
      }
      const { clock } = owner;
      Object.defineProperty(owner, 'clock', {
        get() {
          spoil();
          return clock;
        },
      });
    }
    return profile;
  }
}

/** Takes away what the last one left. False where that cannot be done. */
async function clear({ context, page, session, origins }: Profile, viewport: Options['viewport']): Promise<boolean> {
  if (page.isClosed()) return false;
  await Promise.all(context.pages().map((each) => each !== page && each.close()));
  // A tab's own storage goes with its page only; one that was never anywhere has none.
  if (page.url().startsWith('http')) await page.evaluate(() => sessionStorage.clear());
  await page.goto('about:blank');
  for (const origin of origins) await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  origins.clear();
  await context.clearCookies();
  await page.emulateMedia({ colorScheme: null, contrast: null, forcedColors: null, media: null, reducedMotion: null });
  await page.setViewportSize(viewport);
  return true;
}
