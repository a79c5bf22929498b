import { type Browser, chromium } from 'playwright-core';

let started: Promise<Browser> | undefined;

/**
 * The Chromium of this process, which test files use one after the other: starting one takes longer than many a file. It ends
 * with the process.
 */
export async function sharedBrowser(): Promise<Browser> {
  const running = await started?.catch(() => undefined);
  if (!running?.isConnected()) {
    started = chromium.launch({
      executablePath: process.env.HOLDPOINT_TEST_CHROMIUM || '/usr/bin/chromium',
      args: ['--no-sandbox'],
    });
  }
  return started!;
}
