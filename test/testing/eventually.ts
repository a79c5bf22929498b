import { expect } from 'vitest';

/** As `expect.poll`, with time enough for a slow machine. */
export const eventually = <Value>(read: () => Value | Promise<Value>) =>
  expect.poll(read, { timeout: 15_000, interval: 100 });
