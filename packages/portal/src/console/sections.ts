// The console's sections, in the order of its navigation. Each page is loaded when somebody goes there.
import { html } from 'lit';
import { resourceSections } from './resource-sections.ts';
import type { Section } from './section.ts';

export const sections: readonly Section[] = [
  {
    path: '/console',
    title: 'Overview',
    async load() {
      await import('./overview.ts');
      return html`<holdpoint-overview></holdpoint-overview>`;
    },
  },
  ...resourceSections,
];
