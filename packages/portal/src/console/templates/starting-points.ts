/// <reference types="vite/client" />
// Templates to begin with: the examples of the documentation, each with a sample input, loaded when the gallery is opened.

export interface StartingPoint {
  readonly name: string;
  readonly template: string;
  readonly input: string;
}

const templates = import.meta.glob<string>('../../../../../docs/templates/examples/*.liquid', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const inputs = import.meta.glob<string>('../../../../../docs/templates/examples/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** What most people begin with comes first; then by name. */
const first = ['first-template', 'crowd-classifier', 'crowd-form', 'crowd-bounding-box', 'crowd-entity-annotation'];

export const startingPoints: readonly StartingPoint[] = Object.entries(templates)
  .map(([path, template]) => {
    const name = /([^/]+)\.liquid$/.exec(path)?.[1] ?? path;
    return { name, template, input: inputs[path.replace(/\.liquid$/, '.json')] ?? '{}' };
  })
  .sort((a, b) => rank(a.name) - rank(b.name) || a.name.localeCompare(b.name));

function rank(name: string): number {
  const found = first.indexOf(name);
  return found < 0 ? first.length : found;
}

/** A name for people: `first-template` → First template; elements keep theirs. */
export const titleOf = (name: string): string =>
  name.startsWith('crowd-') ? name : name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
