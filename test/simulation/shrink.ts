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

  /** Leaves out ever smaller parts of what `partsOf` lists; answers whether anything could be spared. */
  async function spare<T>(partsOf: () => readonly T[], without: (parts: ReadonlySet<T>) => Action[]): Promise<boolean> {
    let isShorter = false;
    for (let size = Math.ceil(partsOf().length / 2); size >= 1; size = Math.floor(size / 2))
      // From the end: what came last needs most of what was before, and little of it the other way round.
      for (let at = partsOf().length - size; at > -size; at -= size) {
        if (performance.now() > until) return false;
        const parts = new Set(partsOf().slice(Math.max(0, at), at + size));
        if (parts.size > 0 && (await goesWrong(without(parts)))) isShorter = true;
      }
    return isShorter;
  }

  for (let isShorter = true; isShorter; ) {
    isShorter = await spare(
      () => [...new Set(actions.map(processOf))],
      (names) => actions.filter((action) => !names.has(processOf(action))),
    );
    isShorter =
      (await spare(
        () => actions,
        (some) => actions.filter((action) => !some.has(action)),
      )) || isShorter;
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
