import { afterEach, expect, test, vi } from 'vitest';
import { createHoldBack } from './hold-back.ts';

afterEach(() => void vi.useRealTimers());

test('work waits while callers do, but not for ever', () => {
  vi.useFakeTimers();
  let busy = false;
  const holdBack = createHoldBack(() => busy, 200);
  expect(holdBack()).toBe(false);
  busy = true;
  expect(holdBack()).toBe(true);
  vi.advanceTimersByTime(199);
  expect(holdBack()).toBe(true);
  vi.advanceTimersByTime(1);
  expect(holdBack()).toBe(false);
  expect(holdBack()).toBe(true);
  busy = false;
  expect(holdBack()).toBe(false);
});
