// How much one render may use.

export interface RenderLimits {
  /** Milliseconds of work. */
  time: number;
  /** Characters and items of ranges that a render may make, all together; an item of a list that filters make counts eight. */
  work: number;
  /** The same, made at once: a list of this length is what one step may allocate. */
  workAtOnce: number;
  /** Characters of the page. */
  output: number;
}

/** What a render that needs too much memory is told, in whichever way that was noticed. */
export const tooMuchMemory = 'the template needs too much memory';

export const defaultLimits: RenderLimits = {
  time: 2000,
  work: 64_000_000,
  workAtOnce: 4_000_000,
  output: 32_000_000,
};

/**
 * Milliseconds on the clock after which a render hangs. The template engine ends most renders itself after their time of
 * work; one that does not get there, because one step takes for ever, is ended after a multiple of it, since a busy machine
 * gives a process little.
 */
export const hangTime = ({ time }: RenderLimits): number => 3 * time + 500;
