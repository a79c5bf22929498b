// The console's sections, in the order of its navigation. Each page is loaded when somebody goes there.
import { html, type TemplateResult } from 'lit';

export interface Section {
  /** `/console` or `/console/<segment>`. */
  readonly path: string;
  readonly title: string;
  /** Whether addresses go on behind the path: their segments, decoded, are given to `load`. */
  readonly hasPages?: boolean;
  readonly load: (rest: readonly string[]) => Promise<TemplateResult>;
}

export const sections: readonly Section[] = [
  {
    path: '/console',
    title: 'Overview',
    async load() {
      await import('./overview.ts');
      return html`<holdpoint-overview></holdpoint-overview>`;
    },
  },
];
