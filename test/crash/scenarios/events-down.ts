import { setTimeout as delay } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';
import type { ReceiverMode } from '../webhook-receiver.ts';

/** Events wait for their target, and nothing else waits for events. */
export const eventsDown: Scenario = {
  name: 'events-down',
  disturbs: 'the event target is down, answers 500, is slow, never answers',
  engines: ['sqlite', 'postgres'],
  async disturb(stage) {
    const { receiver } = stage;
    const modes: readonly ReceiverMode[] = ['down', 'failing', 'slow', 'hanging'];
    const times = stage.size === 'long' ? 3 : 1;
    for (let time = 0; time < times; time += 1)
      for (const mode of modes) {
        if (stage.isTimeOver()) return receiver.become('well');
        receiver.become(mode);
        await stage.untilRecovered(`the event target was ${mode}`);
        await delay(stage.size === 'long' ? 10_000 : 300);
        receiver.become('well');
        stage.disturbed(mode);
        await stage.untilAcknowledged(20, 20, 5000);
      }
  },
};
