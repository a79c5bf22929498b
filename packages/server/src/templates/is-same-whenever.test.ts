import { expect, it } from 'vitest';
import { isSameWhenever } from './is-same-whenever.ts';

it.each([
  ['a form', '<script src="/assets/crowd-html-elements.js"></script><crowd-form><p>Date</p></crowd-form>', true],
  ['a script that fills a field', '<script>document.querySelector("input").value = 1</script>', true],
  ['handlers of what the worker does', '<button onclick="go(Date.now())">Go</button>', true],
  ['a script that reads the time', '<script>const began = Date.now()</script>', false],
  ['the time of an event', '<SCRIPT type=module>addEventListener("load", (e) => e.timeStamp)</script >', false],
  ['a script that waits', '<script>setTimeout(show, 10_000)</script>', false],
  ['a script from elsewhere', "<script src='https://example.com/clock.js'></script>", false],
  ['a script that only looks like ours', '<script src=/assets-of-mine/x.js></script>', false],
  ['what runs when it is loaded', '<body onload="began = new Date()">', false],
  ['what plays by itself', '<video controls autoplay src="x.mp4"></video>', false],
  ['a film that is played by hand', '<video controls src="x.mp4"></video>', true],
  ['another page inside', '<iframe src="https://example.com"></iframe>', false],
])('R2: %s', (_, html, expected) => {
  expect(isSameWhenever(html, '/assets')).toBe(expected);
});
