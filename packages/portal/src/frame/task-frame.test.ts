import type { Frame } from 'playwright-core';
import { expect, test } from 'vitest';
import { usePortalPage } from '../testing/portal-page.ts';
import { acceptTask, addTask } from '../testing/portal-state.ts';

const portal = usePortalPage();

async function frameWith(body: string): Promise<Frame> {
  portal.server.state.page = { body };
  addTask(portal.server.state, 't1');
  acceptTask(portal.server.state, 't1');
  const page = await portal.open('/portal/work/a-t1');
  const handle = await page.waitForSelector('iframe[title=Task]');
  const frame = await handle.contentFrame();
  if (frame === null) throw new Error('no frame');
  await frame.waitForLoadState('load');
  return frame;
}

/** Each expression would throw or differ in a sandboxed frame without the prelude. */
const standIns: readonly (readonly [string, string, unknown])[] = [
  [
    'storage methods',
    "localStorage.clear(); localStorage.setItem('a', 1); localStorage.getItem('a') + localStorage.length + localStorage.key(0)",
    '11a',
  ],
  [
    'storage properties',
    "sessionStorage.clear(); sessionStorage.b = 2; Object.keys(sessionStorage) + sessionStorage.b + ('b' in sessionStorage)",
    'b2true',
  ],
  ['missing items', "localStorage.getItem('none') + String(localStorage.none)", 'nullundefined'],
  ['deleted items', "localStorage.c = 1; delete localStorage.c; localStorage.getItem('c')", null],
  ['hostile keys', "localStorage.setItem('__proto__', 'x'); localStorage.getItem('__proto__')", 'x'],
  ['two separate storages', "localStorage.d = 1; sessionStorage.getItem('d')", null],
  ['its kind', 'localStorage instanceof Storage', true],
  ['cookies', "document.cookie = 'x=1; Path=/'; document.cookie = 'y=2'; document.cookie", 'x=1; y=2'],
  ['expired cookies', "document.cookie = 'z=1'; document.cookie = 'z=; Max-Age=0'; document.cookie", 'x=1; y=2'],
  [
    'databases',
    "new Promise((done) => { indexedDB.open('d').onerror = (event) => done(event.type + event.target.error.name); })",
    'errorUnknownError',
  ],
  ['caches', "caches.open('c').then((cache) => cache.match('/x')).then(String)", 'undefined'],
  ['service workers', "navigator.serviceWorker.register('/x').catch((error) => error.name)", 'SecurityError'],
  ['the origin', 'self.origin', 'null'],
];

test('everything that throws in a frame of opaque origin has a stand-in', async () => {
  const frame = await frameWith('<crowd-form></crowd-form>');
  for (const [name, code, expected] of standIns) expect(await frame.evaluate(code), name).toEqual(expected);
});

test('the template’s first script already finds storage, and no new global beside it', async () => {
  const frame = await frameWith(
    '<crowd-form></crowd-form><script>localStorage.first = 1; window.firstSeen = localStorage.first</script>',
  );
  expect(await frame.evaluate('firstSeen')).toBe('1');
  const globals = await frame.evaluate(
    'Object.keys(window).filter((name) => /holdpoint|tell|portal|cookie$|standIn/i.test(name))',
  );
  expect(globals).toEqual([]);
});

test('errors of the template are told to the worker, who can close the notice', async () => {
  await frameWith("<crowd-form></crowd-form><script>throw new Error('no such field')</script>");
  const notice = portal.page.locator('.notice', { hasText: 'no such field' });
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await notice.waitFor({ state: 'detached' });
});

test('what browsers say of sizes that follow one another is no error of the template', async () => {
  await frameWith(`<crowd-form></crowd-form><script>
    dispatchEvent(new ErrorEvent('error', { message: 'ResizeObserver loop completed with undelivered notifications.' }));
    throw new Error('a true one');</script>`);
  await portal.page.locator('.notice', { hasText: 'a true one' }).waitFor();
  expect(await portal.page.locator('.notice', { hasText: 'ResizeObserver' }).count()).toBe(0);
});

test('a template without a crowd-form says so, until one appears', async () => {
  const frame = await frameWith('<form><button>Send</button></form>');
  await frame.getByText('This template has no crowd-form element').waitFor();
  await frame.evaluate("document.body.append(document.createElement('crowd-form'))");
  await frame.getByText('This template has no crowd-form element').waitFor({ state: 'detached' });
});

test.each([
  ['a crowd-form', '<crowd-form><p>hello</p></crowd-form>'],
  [
    'an element that has a form of its own',
    `<p>hello</p><crowd-entity-annotation name="a" text="b" labels="['c']"></crowd-entity-annotation>`,
  ],
])('a template with %s has no notice', async (_what, content) => {
  const frame = await frameWith(content);
  await portal.page.locator('.frame-bar:not(.frame-bar-busy)').waitFor({ state: 'attached' });
  expect(await frame.getByRole('alert').count()).toBe(0);
});
