import { expect, test } from 'vitest';
import { eventTargetRow } from '../testing/rows.ts';
import type { EventSender, SendResult } from './event-sender.ts';
import { noteFirst } from './note-first.ts';

test('the first event that a target takes in five seconds is told from others', async () => {
  let elapsed = 0;
  let isUp = true;
  const send = noteFirst(
    async () => (isUp ? { delivered: true, statusCode: 200 } : { delivered: false, error: 'down' }),
    () => elapsed,
  );
  const one = eventTargetRow({ id: 'one' });
  const firsts: unknown[] = [];
  const at = async (time: number, target = one) => {
    elapsed = time;
    const result = await send(target, 'delivery', '{}');
    firsts.push(result.delivered && (result.isFirst ?? false));
  };
  await at(10);
  await at(20);
  await at(20, eventTargetRow({ id: 'other' }));
  await at(5019);
  expect(firsts.splice(0)).toEqual([true, false, true, false]);
  isUp = false;
  await at(6000);
  isUp = true;
  await at(10_018);
  await at(15_018);
  expect(firsts).toEqual([false, false, true]);
});

test('an event that fails while others are taken is told from one that fails as all do', async () => {
  let elapsed = 0;
  const answers = new Map<string, ReturnType<EventSender>>();
  const send = noteFirst(
    (_target, id) => answers.get(id)!,
    () => elapsed,
  );
  const target = eventTargetRow({ id: 'one' });
  const slow = Promise.withResolvers<SendResult>();
  const down: SendResult = { delivered: false, error: 'down' };
  answers.set('slow', slow.promise);
  answers.set('down', Promise.resolve(down));
  answers.set('taken', Promise.resolve({ delivered: true, statusCode: 200 }));
  expect(await send(target, 'down', '{}')).toEqual(down);
  const sent = send(target, 'slow', '{}');
  elapsed = 10_000;
  await send(target, 'taken', '{}');
  elapsed = 15_000;
  slow.resolve(down);
  expect(await sent).toEqual({ ...down, isTaking: true });
  expect(await send(target, 'down', '{}')).toEqual(down);
});
