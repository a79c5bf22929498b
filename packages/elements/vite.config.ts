// Two builds. First the tools: modules with their hash in the name, each for one element, with what they share in chunks. Then
// the script that every page loads: classic, needs no loader, knows the names of the tools, and comes under both names that
// templates load, with the style sheet of the second one.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Loaded when a page uses them; all others are in the script. */
const lazyTags = readdirSync(here('./src/elements')).filter((tag) => !scriptTags().has(tag));

function scriptTags(): ReadonlySet<string> {
  const index = readFileSync(here('./src/index.ts'), 'utf8');
  return new Set([...index.matchAll(/from '\.\/elements\/([a-z-]+)\//g)].map(([, tag]) => tag!));
}

/** In the tools, `base.ts` stands for what the script has put on the page. */
const baseOfPage: Plugin = {
  name: 'base-of-page',
  enforce: 'pre',
  load(id) {
    if (id !== here('./src/base.ts')) return null;
    const { names } = readBase();
    return `export const { ${names.join(', ')} } = globalThis[Symbol.for('holdpoint.crowd-base')];`;
  },
  generateBundle(_options, bundle) {
    const { sources } = readBase();
    for (const chunk of Object.values(bundle)) {
      const modules = chunk.type === 'chunk' ? chunk.moduleIds : [];
      const second = modules.find(
        (id) => sources.has(id) || /[\\/]node_modules[\\/](lit|lit-html|lit-element|@lit)[\\/]/.test(id),
      );
      if (second) throw new Error(`${second} is in the script already; a tool takes what it has from base.ts.`);
    }
  },
};

function readBase(): { names: string[]; sources: ReadonlySet<string> } {
  const source = readFileSync(here('./src/base.ts'), 'utf8');
  const exports = [...source.matchAll(/^export \{([^}]*)\} from '([^']+)';$/gm)];
  return {
    names: exports.flatMap(([, names]) => names!.split(',').map((name) => name.trim())),
    sources: new Set(exports.flatMap(([, , from]) => (from!.startsWith('.') ? [here(`./src/${from}`)] : []))),
  };
}

/** Version 2 of the original is a second script with a style sheet; ours holds all elements in one, safe to load twice. */
const secondNames: Plugin = {
  name: 'second-names',
  buildStart() {
    if (Object.keys(toolFiles()).length === 0) throw new Error('The tools are built first: vite build --mode tools.');
  },
  generateBundle(_options, bundle) {
    const script = bundle['crowd-html-elements.js'];
    if (script?.type !== 'chunk') throw new Error('The script crowd-html-elements.js was not built.');
    this.emitFile({ type: 'asset', fileName: 'crowd-html-elements-v2.js', source: script.code });
    const style = readFileSync(here('./src/crowd-html-elements-v2.css'), 'utf8');
    this.emitFile({ type: 'asset', fileName: 'crowd-html-elements-v2.css', source: style });
  },
};

/** The files of the tools, as the build before this one has named them. */
function toolFiles(): Record<string, string> {
  const manifest = here('./dist/tools.json');
  if (!existsSync(manifest)) return {};
  const files = JSON.parse(readFileSync(manifest, 'utf8')) as Record<
    string,
    { file: string; name?: string; isEntry?: boolean }
  >;
  return Object.fromEntries(Object.values(files).flatMap(({ file, name, isEntry }) => (isEntry ? [[name, file]] : [])));
}

const common: UserConfig = {
  root: here('.'),
  publicDir: false,
  // Whatever NODE_ENV says: the development builds of the libraries warn on the worker's console.
  resolve: { conditions: ['production', 'browser', 'module'] },
};
const build: UserConfig['build'] = { outDir: here('./dist'), target: 'es2022', minify: true, modulePreload: false };
/** Notices of the bundled libraries stay in the script. */
const comments = { legal: true, annotation: false, jsdoc: false };

const tools = (): UserConfig => ({
  ...common,
  plugins: [baseOfPage],
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    ...build,
    emptyOutDir: true,
    manifest: 'tools.json',
    rolldownOptions: {
      input: Object.fromEntries(lazyTags.map((tag) => [tag, here(`./src/elements/${tag}/${tag}.ts`)])),
      preserveEntrySignatures: 'strict',
      output: {
        comments,
        format: 'es',
        entryFileNames: 'tools/[name]-[hash].js',
        chunkFileNames: 'tools/[name]-[hash].js',
        assetFileNames: 'tools/[name]-[hash][extname]',
      },
    },
  },
});

const script = (): UserConfig => ({
  ...common,
  plugins: [secondNames],
  define: { 'process.env.NODE_ENV': '"production"', toolFiles: JSON.stringify(toolFiles()) },
  build: {
    ...build,
    emptyOutDir: false,
    lib: {
      entry: here('./src/index.ts'),
      name: 'crowdHtmlElements',
      formats: ['iife'],
      fileName: () => 'crowd-html-elements.js',
    },
    rolldownOptions: { output: { comments } },
  },
});

export default defineConfig(({ mode }) => (mode === 'tools' ? tools() : script()));
