/** Many episodes, one after the other, from one seed. */
import { createRandom } from '../crash/random.ts';
import { createChooser } from './chooser.ts';
import { type EpisodeResult, type EpisodeSettings, runEpisode, semanticsOf } from './episode.ts';

export interface SimulationSettings {
  readonly seed: number;
  /** Steps in all, the last episode's end not counted. */
  readonly steps: number;
  /** Steps after which an episode asks for nothing more. */
  readonly episodeSteps?: number;
  readonly progressed?: (steps: number) => void;
}

export interface SimulationResult {
  readonly steps: number;
  readonly episodes: number;
  readonly tally: ReadonlyMap<string, number>;
  /** The first episode in which something did not hold. */
  readonly failed: { readonly settings: EpisodeSettings; readonly result: EpisodeResult } | undefined;
}

/** Long enough for loops, their ends and their deletion; short enough to look through. */
export const defaultEpisodeSteps = 4000;

export async function runSimulation(settings: SimulationSettings): Promise<SimulationResult> {
  const { seed, episodeSteps = defaultEpisodeSteps, progressed = () => {} } = settings;
  const seeds = createRandom(seed);
  const tally = new Map<string, number>();
  let steps = 0;
  let episodes = 0;
  while (steps < settings.steps) {
    const episodeSeed = seeds.integer(2 ** 32);
    const episode: EpisodeSettings = { seed: episodeSeed, semantics: semanticsOf(episodeSeed) };
    const most = Math.min(episodeSteps, settings.steps - steps);
    const result = await runEpisode(episode, createChooser(episodeSeed, most));
    steps += result.steps;
    episodes += 1;
    for (const [what, count] of result.tally) tally.set(what, (tally.get(what) ?? 0) + count);
    progressed(steps);
    if (result.violation) return { steps, episodes, tally, failed: { settings: episode, result } };
  }
  return { steps, episodes, tally, failed: undefined };
}
