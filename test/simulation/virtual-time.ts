/**
 * While a simulation runs, time and chance belong to it: timers, `Date.now`, UUIDs and random bytes that its processes ask
 * for come from the scheduler and from each process's own random numbers. Everybody else has the real ones.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';
import { current, type Scheduler } from './scheduler.ts';

/** Puts the simulation's time in place; returns what takes it away again. */
export function useVirtualTime(scheduler: Scheduler): () => void {
  const real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    now: Date.now,
    random: Math.random,
    randomUUID: crypto.randomUUID,
    randomBytes: crypto.randomBytes,
    pause: timersPromises.setTimeout,
  };

  const setVirtual = (call: (...values: unknown[]) => void, milliseconds = 0, ...values: unknown[]) => {
    if (!current.getStore()) return real.setTimeout(call, milliseconds, ...values);
    const id = scheduler.setTimer(() => call(...values), milliseconds);
    return { id, unref() {}, ref() {} };
  };
  const clearVirtual = (timer: { id?: number } | undefined) => {
    if (typeof timer?.id === 'number') scheduler.clearTimer(timer.id);
    else real.clearTimeout(timer as never);
  };
  const hex = (digits: number): string => {
    const { random } = current.getStore()!;
    let text = '';
    while (text.length < digits)
      text += random
        .integer(2 ** 24)
        .toString(16)
        .padStart(6, '0');
    return text.slice(0, digits);
  };
  const uuid = (): string => {
    const text = hex(32);
    return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-8${text.slice(17, 20)}-${text.slice(20)}`;
  };

  globalThis.setTimeout = setVirtual as never;
  globalThis.clearTimeout = clearVirtual as never;
  Date.now = () => (current.getStore() ? scheduler.elapsed : real.now());
  Math.random = () => current.getStore()?.random.number() ?? real.random();
  crypto.randomUUID = (() => (current.getStore() ? uuid() : real.randomUUID())) as typeof crypto.randomUUID;
  crypto.randomBytes = ((size: number) =>
    current.getStore() ? Buffer.from(hex(size * 2), 'hex') : real.randomBytes(size)) as never;
  timersPromises.setTimeout = ((milliseconds: number, value: unknown) =>
    current.getStore()
      ? new Promise((resolve) => void scheduler.setTimer(() => resolve(value), milliseconds))
      : real.pause(milliseconds, value)) as never;
  syncBuiltinESMExports();

  return () => {
    globalThis.setTimeout = real.setTimeout;
    globalThis.clearTimeout = real.clearTimeout;
    Date.now = real.now;
    Math.random = real.random;
    crypto.randomUUID = real.randomUUID;
    crypto.randomBytes = real.randomBytes;
    timersPromises.setTimeout = real.pause;
    syncBuiltinESMExports();
  };
}
