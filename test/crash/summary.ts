/** The lines of the table at the end. */
import type { Loop } from './history.ts';
import type { Run } from './run.ts';

export type Summary = [what: string, value: string | number][];

/** What the rounds brought, before anything was repeated for the checks. */
export function roundsOf({ history, options, kills }: Run): Summary {
  const loops = [...history.loops.values()];
  const submissions = [...history.submissions.values()];
  const startState = (state: Loop['start']): number => loops.filter((loop) => loop.start === state).length;
  const submitState = (state: string): number => submissions.filter((each) => each.state === state).length;
  return [
    [`servers ended by ${options.signal}`, kills],
    ['starts acknowledged', startState('acknowledged')],
    ['starts without an answer', startState('sent')],
    ['submits acknowledged', submitState('acknowledged')],
    ['submits that had no answer', submitState('sent') + submitState('saved') + submitState('lost')],
  ];
}

/** What the checks found. */
export function resultsOf({ history, receiver, startTimes, stopTimes }: Run): Summary {
  const loops = [...history.loops.values()];
  const status = (name: string): number => loops.filter((loop) => loop.status === name).length;
  const taken = [...receiver.humanLoops.values(), ...receiver.objects.values()].reduce(
    (sum, each) => sum + each.taken,
    0,
  );
  const range = (times: readonly number[]): string =>
    `${Math.round(Math.min(...times))} to ${Math.round(Math.max(...times))} ms`;
  return [
    ['loops Completed', status('Completed')],
    ['loops Stopped at the end', status('Stopped')],
    ['loops InProgress', status('InProgress')],
    ['answers compared', [...history.submissions.values()].filter(({ loop }) => loop.output !== undefined).length],
    ['loops and objects announced', receiver.humanLoops.size + receiver.objects.size],
    ['events taken, refused', `${taken}, ${receiver.refused()}`],
    ['time to serving', range(startTimes)],
    ...(stopTimes.length > 0 ? [['time to stop', range(stopTimes)] as [string, string]] : []),
    ...[...history.tally].sort(([a], [b]) => (a < b ? -1 : 1)),
  ];
}
