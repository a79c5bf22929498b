// The console's sections, in the order of its navigation. Each page is loaded when somebody goes there.
import { html } from 'lit';
import { subjectOf } from './names.ts';
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
  {
    path: '/console/flow-definitions',
    title: 'Flow definitions',
    hasPages: true,
    async load(rest) {
      if (rest.length === 0) {
        await import('./flows/flow-definitions.ts');
        return html`<holdpoint-flow-definitions></holdpoint-flow-definitions>`;
      }
      const name = subjectOf(rest);
      if (name === undefined) {
        await import('./flows/new-flow-definition.ts');
        return html`<holdpoint-new-flow-definition></holdpoint-new-flow-definition>`;
      }
      await import('./flows/flow-definition.ts');
      return html`<holdpoint-flow-definition .name=${name}></holdpoint-flow-definition>`;
    },
  },
  {
    path: '/console/human-task-uis',
    title: 'Human task UIs',
    hasPages: true,
    async load(rest) {
      if (rest.length === 0) {
        await import('./templates/human-task-uis.ts');
        return html`<holdpoint-human-task-uis></holdpoint-human-task-uis>`;
      }
      await import('./templates/human-task-ui.ts');
      return html`<holdpoint-human-task-ui .name=${subjectOf(rest)}></holdpoint-human-task-ui>`;
    },
  },
  {
    path: '/console/statistics',
    title: 'Statistics',
    async load() {
      await import('./statistics.ts');
      return html`<holdpoint-statistics></holdpoint-statistics>`;
    },
  },
  ...resourceSections,
];
