// The console's sections, in the order of its navigation, and their pages, each loaded when somebody goes there.

/** A page is an element; what it is about is its property `name`. */
export interface Page {
  readonly tag: `holdpoint-${string}`;
  readonly load: () => Promise<unknown>;
}

export interface Section {
  /** In the address after `/console/`; empty for what is at `/console` itself. */
  readonly segment: string;
  readonly title: string;
  readonly page: Page;
  /** About one of those that `page` lists, at its name. */
  readonly one?: Page;
  /** Makes another, at `new`; one of that name is at `new/new`. */
  readonly make?: Page;
}

export const sections: readonly Section[] = [
  { segment: '', title: 'Overview', page: { tag: 'holdpoint-overview', load: () => import('./overview.ts') } },
  {
    segment: 'human-loops',
    title: 'Human loops',
    page: { tag: 'holdpoint-human-loops', load: () => import('./human-loops/human-loops.ts') },
    one: { tag: 'holdpoint-human-loop', load: () => import('./human-loops/human-loop.ts') },
  },
  {
    segment: 'flow-definitions',
    title: 'Flow definitions',
    page: { tag: 'holdpoint-flow-definitions', load: () => import('./flows/flow-definitions.ts') },
    one: { tag: 'holdpoint-flow-definition', load: () => import('./flows/flow-definition.ts') },
    make: { tag: 'holdpoint-new-flow-definition', load: () => import('./flows/new-flow-definition.ts') },
  },
  {
    segment: 'human-task-uis',
    title: 'Human task UIs',
    page: { tag: 'holdpoint-human-task-uis', load: () => import('./templates/human-task-uis.ts') },
    one: { tag: 'holdpoint-human-task-ui', load: () => import('./templates/human-task-ui.ts') },
    make: { tag: 'holdpoint-human-task-ui', load: () => import('./templates/human-task-ui.ts') },
  },
  {
    segment: 'statistics',
    title: 'Statistics',
    page: { tag: 'holdpoint-statistics', load: () => import('./statistics.ts') },
  },
  {
    segment: 'workforce',
    title: 'Workforce',
    page: { tag: 'holdpoint-workforce', load: () => import('./workforce.ts') },
  },
  {
    segment: 'workteams',
    title: 'Workteams',
    page: { tag: 'holdpoint-workteams', load: () => import('./workteams.ts') },
    one: { tag: 'holdpoint-workteam', load: () => import('./workteam.ts') },
  },
  {
    segment: 'workers',
    title: 'Workers',
    page: { tag: 'holdpoint-workers', load: () => import('./workers.ts') },
    one: { tag: 'holdpoint-worker', load: () => import('./worker.ts') },
  },
  {
    segment: 'access-keys',
    title: 'Access keys',
    page: { tag: 'holdpoint-access-keys', load: () => import('./access-keys.ts') },
  },
  {
    segment: 'event-targets',
    title: 'Event targets',
    page: { tag: 'holdpoint-event-targets', load: () => import('./event-targets.ts') },
    one: { tag: 'holdpoint-event-target', load: () => import('./event-target.ts') },
  },
  {
    segment: 'activity',
    title: 'Activity',
    page: { tag: 'holdpoint-activity', load: () => import('./activity.ts') },
  },
];

export const pathOf = ({ segment }: Section): string => (segment === '' ? '/console' : `/console/${segment}`);

export interface Place {
  readonly section: Section;
  readonly page: Page;
  readonly name: string | undefined;
}

/** What an address means, from `/console` on; undefined where there is no page. */
export function placeOf(path: string): Place | undefined {
  const [segment = '', name, ...rest] = path.replace(/\/+$/, '').split('/').slice(2).map(decode);
  const section = sections.find((one) => one.segment === segment);
  if (!section) return undefined;
  const { page, one, make } = section;
  if (name === undefined) return { section, page, name };
  if (make && name === 'new' && rest.length === 0) return { section, page: make, name: undefined };
  const isName = rest.length === 0 || (make && name === 'new' && rest.join('/') === 'new');
  return one && isName ? { section, page: one, name } : undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
