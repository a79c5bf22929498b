import { constants, getPriority, setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { deadLinks } from './check-links.ts';
import { codeTheme, coloursToClasses } from './code-colours.ts';
import { inlineDrawings } from './drawings.ts';
import { examplesIn, renderExamples } from './examples.ts';
import { liveExamples } from './live-examples.ts';
import { navigation } from './navigation.ts';
import { sidebarOf } from './sidebar.ts';

const base = '/docs/';
const root = fileURLToPath(new URL('../..', import.meta.url));
const docs = join(root, 'docs');
const examples = join(docs, 'templates/examples');

// Whoever else works on this machine goes first: `npm run up` builds the pages behind a server that serves already.
// Who is behind others already may not come forward.
if (getPriority() < constants.priority.PRIORITY_BELOW_NORMAL) setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

/** The longest code that stays in one line. */
const short = 20;

/**
 * Code in a sentence or a cell. Long names may go on in the next line where a part of them begins, so that tables keep room
 * for what the names mean; short ones, such as options, are not cut at their hyphens.
 */
function inlineCode(content: string, html: string): string {
  if (content.length <= short) return `<code v-pre class="short">${html}</code>`;
  return `<code v-pre>${html.replace(/[./](?=\w)|(?<=[a-z]{3})(?=[A-Z][a-z]{3})/g, '$&<wbr>')}</code>`;
}

export default defineConfig({
  base,
  lang: 'en',
  title: 'Holdpoint',
  titleTemplate: ':title · Holdpoint',
  description: 'The open, self-hosted server for human review of machine decisions.',
  head: [['link', { rel: 'icon', href: `${base}icon.svg` }]],
  cleanUrls: true,
  srcExclude: ['screenshots/**', 'templates/examples/**'],
  outDir: process.env.HOLDPOINT_DOCS_OUT ?? join(root, 'packages/server/dist/docs'),
  cacheDir: join(root, '.cache/vitepress'),
  // Fewer inline scripts, so a shorter content policy.
  metaChunk: true,
  // Instead of a style attribute, which the policy would refuse.
  contentProps: { class: 'page-content' },
  // The transition of the colours would need an inline style.
  appearance: { disableTransition: false },
  router: { prefetchLinks: false },
  markdown: {
    theme: codeTheme,
    codeTransformers: [coloursToClasses],
    languageAlias: { mjs: 'js' },
    config(md) {
      // Liquid in code is no expression of the page's own.
      md.renderer.rules.code_inline = (tokens, index) =>
        inlineCode(tokens[index]!.content, md.utils.escapeHtml(tokens[index]!.content));
      liveExamples(md, examples);
      inlineDrawings(md);
    },
  },
  vite: {
    // The icon is the portal's own.
    publicDir: join(root, 'packages/portal/public'),
    build: { chunkSizeWarningLimit: 1000 },
  },
  themeConfig: {
    logo: '/icon.svg',
    sidebar: sidebarOf(docs, navigation),
    outline: { level: [2, 3], label: 'On this page' },
    // The button is named by its text, keys included.
    search: { provider: 'local', options: { translations: { button: { buttonAriaLabel: '' } } } },
    docFooter: { prev: 'Previous', next: 'Next' },
    notFound: {
      title: 'There is no such page',
      quote: 'The address may be mistyped, or the page may have moved.',
      linkText: 'To the start of the documentation',
      linkLabel: 'To the start of the documentation',
    },
  },
  transformPageData(page) {
    // Live examples get the room of the outline.
    if (page.relativePath.startsWith('templates/elements/')) page.frontmatter.aside = false;
  },
  transformHtml: (html) =>
    html.replace(/\s*<meta name="generator"[^>]*>/, '').replaceAll(/ style="(--vp-vh:[^"]*)?"/g, ''),
  buildEnd({ outDir }) {
    renderExamples(examplesIn(examples), join(outDir, 'examples'));
    const dead = deadLinks(outDir, base);
    if (dead.length > 0) throw new Error(dead.join('\n'));
  },
});
