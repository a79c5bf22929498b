// Names and addresses of what the pages on templates and flows show.

/** What follows the last slash of an ARN. */
export const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** The page of a resource; `new` is the page that makes one, so a resource of that name has a longer address. */
const pageOf = (base: string, name: string): string =>
  `${base}/${encodeURIComponent(name)}${name === 'new' ? '/new' : ''}`;

export const uisPath = '/console/human-task-uis';
export const uiPath = (name: string): string => pageOf(uisPath, name);
export const flowsPath = '/console/flow-definitions';
export const flowPath = (name: string): string => pageOf(flowsPath, name);
export const loopPath = (name: string): string => `/console/human-loops/${encodeURIComponent(name)}`;

const longestName = 63;

/** A name that none of the others has: `mood` → `mood-2`, `mood-2` → `mood-3`. */
export function nextName(name: string, taken: Iterable<string> = []): string {
  const others = new Set(taken);
  const [, stem = name, number] = /^(.+?)(?:-(\d{1,4}))?$/.exec(name) ?? [];
  for (let next = Number(number ?? 1) + 1; ; next += 1) {
    const suffix = `-${next}`;
    const made = stem.slice(0, longestName - suffix.length).replace(/-+$/, '') + suffix;
    if (!others.has(made)) return made;
  }
}
