// The sections of the console about resources.
import { html } from 'lit';
import type { Section } from './section.ts';

export const resourceSections: readonly Section[] = [
  {
    path: '/console/workforce',
    title: 'Workforce',
    async load() {
      await import('./workforce.ts');
      return html`<holdpoint-workforce></holdpoint-workforce>`;
    },
  },
  {
    path: '/console/workteams',
    title: 'Workteams',
    hasPages: true,
    async load([name]) {
      if (name === undefined) {
        await import('./workteams.ts');
        return html`<holdpoint-workteams></holdpoint-workteams>`;
      }
      await import('./workteam.ts');
      return html`<holdpoint-workteam .name=${name}></holdpoint-workteam>`;
    },
  },
  {
    path: '/console/workers',
    title: 'Workers',
    hasPages: true,
    async load([email]) {
      if (email === undefined) {
        await import('./workers.ts');
        return html`<holdpoint-workers></holdpoint-workers>`;
      }
      await import('./worker.ts');
      return html`<holdpoint-worker .email=${email}></holdpoint-worker>`;
    },
  },
  {
    path: '/console/access-keys',
    title: 'Access keys',
    async load() {
      await import('./access-keys.ts');
      return html`<holdpoint-access-keys></holdpoint-access-keys>`;
    },
  },
  {
    path: '/console/event-targets',
    title: 'Event targets',
    hasPages: true,
    async load([id]) {
      if (id === undefined) {
        await import('./event-targets.ts');
        return html`<holdpoint-event-targets></holdpoint-event-targets>`;
      }
      await import('./event-target.ts');
      return html`<holdpoint-event-target .targetId=${id}></holdpoint-event-target>`;
    },
  },
  {
    path: '/console/activity',
    title: 'Activity',
    async load() {
      await import('./activity.ts');
      return html`<holdpoint-activity></holdpoint-activity>`;
    },
  },
];
