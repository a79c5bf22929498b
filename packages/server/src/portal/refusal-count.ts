/** How many refused sign-ins were recorded in the minute that is going on, and how many could not be since. */
export interface RefusalCount {
  minute: number;
  written: number;
  unwritten: number;
}

export const createRefusalCount = (): RefusalCount => ({ minute: 0, written: 0, unwritten: 0 });
