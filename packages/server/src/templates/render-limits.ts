// How much one render may use.

export interface RenderLimits {
  /** Milliseconds of work of the thread. */
  time: number;
  /** Characters and items of ranges that a render may make, all together; an item of a list that filters make counts eight. */
  work: number;
  /** The same, made at once: a list of this length is what one step may allocate. */
  workAtOnce: number;
  /** Characters of the page. */
  output: number;
}

export const defaultLimits: RenderLimits = {
  time: 2000,
  work: 64_000_000,
  workAtOnce: 4_000_000,
  output: 32_000_000,
};
