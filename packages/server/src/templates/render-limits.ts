// How much one render may use.

export interface RenderLimits {
  /** Milliseconds of work of the thread. */
  time: number;
  /** Characters and list items that filters and ranges may make, all together. */
  work: number;
  /** The same, made at once: a list of this length is what one step may allocate. */
  workAtOnce: number;
  /** Characters of the page, and of any one captured value. */
  output: number;
}

export const defaultLimits: RenderLimits = {
  time: 2000,
  work: 32_000_000,
  workAtOnce: 4_000_000,
  output: 32_000_000,
};
