// Makes the gallery of elements in the folder given: one page that lists all, and the live examples of the documentation, whose
// language and colours the address says.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Example, examplesIn, renderExamples } from '../docs/.vitepress/examples.ts';
import { root } from './root.mjs';

interface Declaration {
  readonly tagName: string;
  readonly description: string;
}

const source = join(root, 'packages/elements/gallery');
const [target = ''] = process.argv.slice(2);

/** Before anything of the page: what a template would have in its own `html` tag. */
const look = `<script>
{
  const asked = new URLSearchParams(location.search);
  document.documentElement.lang = asked.get('lang') ?? 'en';
  document.documentElement.style.colorScheme = asked.get('scheme') ?? 'light';
}
</script>
`;

function declarations(): Declaration[] {
  const manifest = readFileSync(join(root, 'packages/elements/custom-elements.json'), 'utf8');
  return JSON.parse(manifest).modules.flatMap((module: { declarations: Declaration[] }) => module.declarations);
}

/** The example of its own, or the first one that uses it. */
function exampleOf(tag: string, examples: readonly Example[]): string {
  const found =
    examples.find(({ name }) => name === tag) ??
    examples.find(({ name, template }) => name.startsWith('crowd-') && new RegExp(`<${tag}[\\s>]`).test(template));
  if (!found) throw new Error(`No example in docs/templates/examples uses <${tag}>.`);
  return found.name;
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

function entry({ tagName, description }: Declaration, example: string): string {
  const [about = ''] = /^.*?\.(?= |$)/.exec(description.replaceAll('`', '')) ?? [description];
  const data = Object.entries({ tag: tagName, example, page: example, about });
  const attributes = data.map(([name, value]) => `data-${name}="${escapeHtml(value)}"`).join(' ');
  return `<li><a href="?element=${tagName}" ${attributes}>${tagName}</a></li>`;
}

const examples = examplesIn(join(root, 'docs/templates/examples'));
const used = new Map(declarations().map((each) => [each, exampleOf(each.tagName, examples)]));
mkdirSync(target, { recursive: true });
renderExamples(
  examples.filter(({ name }) => [...used.values()].includes(name)),
  join(target, 'examples'),
  look,
);
const entries = [...used].map(([each, example]) => entry(each, example)).join('\n        ');
const page = readFileSync(join(source, 'index.html'), 'utf8');
writeFileSync(
  join(target, 'index.html'),
  page.replace('<!-- elements -->', () => entries),
);
for (const file of ['gallery.js', 'gallery.css']) copyFileSync(join(source, file), join(target, file));
