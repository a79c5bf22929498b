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
  {
    path: '/console/human-loops',
    title: 'Human loops',
    hasPages: true,
    async load([name]) {
      if (name === undefined) {
        await import('./human-loops/human-loops.ts');
        return html`<holdpoint-human-loops></holdpoint-human-loops>`;
      }
      await import('./human-loops/human-loop.ts');
      return html`<holdpoint-human-loop .name=${name}></holdpoint-human-loop>`;
    },
  },
];
