/** Makes a history that ends in a violation as short as it gets: what can be left out is left out. */
import type { Action } from './actions.ts';
import { type EpisodeResult, type EpisodeSettings, runEpisode } from './episode.ts';

export interface Shrunk {
  readonly actions: readonly Action[];
  /** What happens, step by step, and in the end the violation. */
  readonly lines: readonly string[];
  readonly replays: number;
}

/**
 * @param failed an episode that ended in a violation.
 * @param patience milliseconds after which what was reached so far is good enough.
 */
export async function shrink(settings: EpisodeSettings, failed: EpisodeResult, patience: number): Promise<Shrunk> {
  const until = performance.now() + patience;
  const kind = failed.violation!.kind;
  let actions = failed.actions;
  let replays = 0;

  /** Whether the same goes wrong without a part; then the rest is what is looked at further. */
  async function goesWrong(candidate: readonly Action[]): Promise<boolean> {
    replays += 1;
    const result = await replay(settings, candidate, failed.isInTheEnd);
    if (result.violation?.kind !== kind || result.actions.length >= actions.length) return false;
    actions = result.actions;
    return true;
  }

  let isShorter = true;
  while (isShorter && performance.now() < until) {
    isShorter = false;
    for (const name of processesOf(actions)) {
      if (performance.now() > until) break;
      if (await goesWrong(actions.filter((action) => processOf(action) !== name))) isShorter = true;
    }
    for (let size = Math.ceil(actions.length / 2); size >= 1 && performance.now() < until; size = Math.floor(size / 2))
      // From the end: what came last needs most of what was before, and little of it the other way round.
      for (let at = actions.length - size; at > -size && performance.now() < until; at -= size) {
        const from = Math.max(0, at);
        if (await goesWrong([...actions.slice(0, from), ...actions.slice(at + size)])) isShorter = true;
      }
  }
  const lines: string[] = [];
  const { violation } = await replay(settings, actions, failed.isInTheEnd, (line) => void lines.push(line));
  return { actions, replays, lines: [...lines, `✗ ${violation?.kind}: ${violation?.text}`] };
}

const replay = (
  settings: EpisodeSettings,
  actions: readonly Action[],
  isInTheEnd: boolean,
  tell: (line: string) => void = () => {},
): Promise<EpisodeResult> => {
  const left = actions[Symbol.iterator]();
  return runEpisode(settings, () => left.next().value, { isEnded: isInTheEnd, tell: (line) => tell(line()) });
};

/** Whose action it is: a command with all its steps is left out at once. */
const processOf = (action: Action): string =>
  action.do === 'go' ? action.process : action.do === 'command' ? `c${action.id} ${action.name}` : action.do;

function processesOf(actions: readonly Action[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const action of actions) counts.set(processOf(action), (counts.get(processOf(action)) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}
