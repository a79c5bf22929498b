import type { TemplateResult } from 'lit';

/** A part of the console with an entry in its navigation. */
export interface Section {
  /** `/console` or `/console/<segment>`. */
  readonly path: string;
  readonly title: string;
  /** Whether addresses go on behind the path: their segments, decoded, are given to `load`. */
  readonly hasPages?: boolean;
  readonly load: (rest: readonly string[]) => Promise<TemplateResult>;
}
