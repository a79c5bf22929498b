import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DefaultTheme } from 'vitepress';
import type { Entry } from './navigation.ts';

/** Makes the sidebar of the entries whose pages exist in `docs`. */
export function sidebarOf(docs: string, entries: readonly Entry[]): DefaultTheme.SidebarItem[] {
  return entries.flatMap((entry) => {
    if (!existsSync(join(docs, fileOf(entry.page)))) return [];
    const below = [...(entry.entries ?? []), ...(entry.wholeFolder ? otherPages(docs, entry.page) : [])];
    const items = sidebarOf(docs, below);
    return [{ text: entry.text, link: `/${entry.page}`, ...(items.length > 0 && { items, collapsed: true }) }];
  });
}

const fileOf = (page: string): string => (page === '' || page.endsWith('/') ? `${page}index.md` : `${page}.md`);

function otherPages(docs: string, folder: string): Entry[] {
  const files = readdirSync(join(docs, folder)).filter((name) => name.endsWith('.md') && name !== 'index.md');
  const names = files.map((file) => basename(file, '.md')).sort();
  return names.map((name) => ({ text: headingOf(join(docs, folder, `${name}.md`)), page: `${folder}${name}` }));
}

/** The first heading, without markup. */
function headingOf(file: string): string {
  const heading = /^# +(.+)$/m.exec(readFileSync(file, 'utf8'))?.[1];
  if (heading === undefined) throw new Error(`${file} has no heading of the first level.`);
  return heading.replaceAll('`', '');
}
