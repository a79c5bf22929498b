/** Pixels that belong together: all those of a label, or one instance of it. Its number in the mask is its place in the list, from 1 on. */
export interface Region {
  readonly label: string;
  /** As `#rrggbb`; regions without one have the colour of their label. */
  readonly color?: string;
}
