// Pages of sensitive flows, with the real elements.
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { accessibilityFaults } from '../testing/accessibility.ts';
import { usePortalPage } from '../testing/portal-page.ts';
import { acceptTask, addTask } from '../testing/portal-state.ts';

const portal = usePortalPage();

const body = `<script src="/assets/crowd-html-elements.js"></script>
  <crowd-form>
    <img id="plain" src="/assets/pictures/street.png" alt="A street" width="300" height="200">
    <img id="unnamed" src="/assets/pictures/street.png" alt="" width="100" height="60">
    <video id="film" autoplay muted loop width="200" height="100"></video>
    <crowd-bounding-box name="boxes" src="/assets/pictures/street.png" header="Mark the cars" labels="['car']"></crowd-bounding-box>
    <input id="after" aria-label="After">
  </crowd-form>`;

async function open(isSensitive: boolean, options = {}): Promise<{ page: Page; task: FrameLocator }> {
  portal.server.state.page = { body, isSensitive };
  addTask(portal.server.state, 't1', { title: 'Look at the street' });
  acceptTask(portal.server.state, 't1');
  const page = await portal.open('/portal/work/a-t1', options);
  const task = page.frameLocator('iframe[title=Task]');
  await task.locator('crowd-bounding-box img, crowd-bounding-box canvas').first().waitFor({ state: 'attached' });
  return { page, task };
}

const isBlurred = (picture: Locator) => picture.evaluate((each) => getComputedStyle(each).filter.includes('blur'));
const tool = (task: FrameLocator) => task.locator('crowd-bounding-box :is(img, canvas)').first();
const plain = (task: FrameLocator) => task.locator('#plain');

test('R5: nothing is blurred in a flow that is not sensitive', async () => {
  const { task } = await open(false);
  expect(await isBlurred(plain(task))).toBe(false);
  expect(await isBlurred(tool(task))).toBe(false);
  expect(await task.getByText('are blurred').count()).toBe(0);
}, 60_000);

test('R5: a picture is blurred until the mouse is on it, and a tool until the mouse is in it', async () => {
  const { page, task } = await open(true);
  await task.getByRole('button', { name: 'Show all' }).waitFor();
  const state = async () => [await isBlurred(plain(task)), await isBlurred(tool(task))];
  expect(await state()).toEqual([true, true]);
  await plain(task).hover();
  expect(await state()).toEqual([false, true]);
  await task.locator('crowd-bounding-box').hover();
  expect(await state()).toEqual([true, false]);
  await page.mouse.move(5, 5);
  await expect.poll(state).toEqual([true, true]);
  expect(portal.complaints).toEqual([]);
}, 60_000);

test('R5: the keyboard shows a picture by the focus, and all by the switch, which says so', async () => {
  const { page, task } = await open(true);
  const button = task.getByRole('button', { name: 'Show all' });
  await button.focus();
  await page.keyboard.press('Tab');
  expect(await plain(task).evaluate((picture) => picture === document.activeElement)).toBe(true);
  expect(await isBlurred(plain(task))).toBe(false);
  expect(await isBlurred(tool(task))).toBe(true);
  await page.keyboard.press('Tab');
  expect(await isBlurred(plain(task))).toBe(true);
  await task.getByRole('img', { name: 'Blurred picture' }).waitFor();
  await button.focus();
  await page.keyboard.press('Enter');
  await task.getByRole('button', { name: 'Blur all' }).waitFor();
  expect(await task.getByRole('status').first().textContent()).toBe('Everything is shown.');
  expect([await isBlurred(plain(task)), await isBlurred(tool(task))]).toEqual([false, false]);
  await page.keyboard.press('Enter');
  expect([await isBlurred(plain(task)), await isBlurred(tool(task))]).toEqual([true, true]);
  expect(await accessibilityFaults(page)).toEqual([]);
}, 60_000);

test('R5: the focus in a tool shows its picture', async () => {
  const { task } = await open(true);
  await task.locator('crowd-bounding-box [tabindex="0"]:visible, crowd-bounding-box button:visible').first().focus();
  expect([await isBlurred(plain(task)), await isBlurred(tool(task))]).toEqual([true, false]);
}, 60_000);

test('R5: the first tap on a picture shows it and draws nothing', async () => {
  const { task } = await open(true, { hasTouch: true });
  await plain(task).tap();
  expect([await isBlurred(plain(task)), await isBlurred(tool(task))]).toEqual([false, true]);
  await tool(task).tap({ force: true });
  expect([await isBlurred(plain(task)), await isBlurred(tool(task))]).toEqual([true, false]);
  expect(await task.getByText('Nothing is marked yet.').count()).toBe(1);
}, 60_000);

test('R5: a video does not play by itself, nor by a script, before it is asked for', async () => {
  const { task } = await open(true);
  const film = task.locator('#film');
  const play = () =>
    film.evaluate((video: HTMLVideoElement) =>
      Promise.race([
        video.play().then(
          () => 'plays',
          ({ name }) => name,
        ),
        new Promise((resolve) => setTimeout(resolve, 0, 'waits')),
      ]),
    );
  expect(await film.evaluate((video: HTMLVideoElement) => [video.autoplay, video.paused])).toEqual([false, true]);
  expect(await play()).toBe('NotAllowedError');
  await film.hover();
  // There is no film, but it may be asked for.
  expect(await play()).toBe('waits');
}, 60_000);
