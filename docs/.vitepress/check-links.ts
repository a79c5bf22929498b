// The links of the finished pages. VitePress checks what Markdown links to; this also checks places in pages, links of the
// navigation and pictures.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';

const links = /<(?:a|img|iframe|link|script)\b[^>]*?\s(?:href|src)="([^"]*)"/g;

/** @returns one sentence for each link inside `base` that leads nowhere. */
export function deadLinks(folder: string, base: string): string[] {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html'))
    .map((name) => name.split(sep).join('/'));
  const ids = new Map(pages.map((page) => [page, idsOf(readFileSync(join(folder, page), 'utf8'))]));

  function isDead(page: string, link: string): boolean {
    const { pathname, hash, origin } = new URL(link, `http://site${posix.join(base, page)}`);
    if (origin !== 'http://site' || !pathname.startsWith(base)) return false;
    const file = fileAt(decodeURIComponent(pathname.slice(base.length)));
    if (file === undefined) return true;
    return hash !== '' && ids.get(file)?.has(decodeURIComponent(hash.slice(1))) === false;
  }

  /** As the server finds pages by clean addresses. */
  function fileAt(path: string): string | undefined {
    const names = path === '' || path.endsWith('/') ? [`${path}index.html`] : [path, `${path}.html`];
    return names.find((name) => existsSync(join(folder, name)));
  }

  return pages.flatMap((page) => {
    const text = readFileSync(join(folder, page), 'utf8');
    const dead = [...new Set([...text.matchAll(links)].map(([, link]) => link!))].filter((link) => isDead(page, link));
    return dead.map((link) => `${page} links to ${link}, which does not exist.`);
  });
}

const idsOf = (html: string): Set<string> => new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!));
