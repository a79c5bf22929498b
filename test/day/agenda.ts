// What happens when, on a clock that stands still between two moments of the agenda.
import type { Clock } from '../../packages/server/src/clock.ts';

type Act = () => Promise<void>;

export interface Agenda {
  readonly clock: Clock;
  /** Does something later (milliseconds from now). */
  after(milliseconds: number, act: Act): void;
  at(time: number, act: Act): void;
  /** Does everything, until nothing is left. What falls into the same moment happens at once, in no order. */
  run(): Promise<void>;
  /** Lets time pass while nobody does anything. */
  pass(milliseconds: number): void;
}

/** Milliseconds that count as one moment. */
const together = 4_000;

export function createAgenda(start: number): Agenda {
  let now = start;
  const acts: { readonly time: number; readonly act: Act }[] = [];
  const agenda: Agenda = {
    clock: { now: () => now },
    after: (milliseconds, act) => agenda.at(now + milliseconds, act),
    at(moment, act) {
      const time = Math.round(moment);
      // From behind: most of what is planned comes late.
      let place = acts.length;
      while (place > 0 && acts[place - 1]!.time > time) place -= 1;
      acts.splice(place, 0, { time, act });
    },
    async run() {
      for (;;) {
        const first = acts[0];
        if (first === undefined) return;
        now = Math.max(now, first.time);
        const count = acts.findIndex(({ time }) => time > now + together);
        const due = acts.splice(0, count === -1 ? acts.length : count);
        await Promise.all(due.map(({ act }) => act()));
      }
    },
    pass(milliseconds) {
      now += milliseconds;
    },
  };
  return agenda;
}
