// One classic script that needs no loader, under both names that templates load, and the style sheet of the second one.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Version 2 of the original is a second script with a style sheet; ours holds all elements in one, safe to load twice. */
const secondNames: Plugin = {
  name: 'second-names',
  generateBundle(_options, bundle) {
    const script = bundle['crowd-html-elements.js'];
    if (script?.type !== 'chunk') throw new Error('The script crowd-html-elements.js was not built.');
    this.emitFile({ type: 'asset', fileName: 'crowd-html-elements-v2.js', source: script.code });
    const style = readFileSync(here('./src/crowd-html-elements-v2.css'), 'utf8');
    this.emitFile({ type: 'asset', fileName: 'crowd-html-elements-v2.css', source: style });
  },
};

export default defineConfig({
  root: here('.'),
  publicDir: false,
  plugins: [secondNames],
  // Whatever NODE_ENV says: the development builds of the libraries warn on the worker's console.
  resolve: { conditions: ['production', 'browser', 'module'] },
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: here('./dist'),
    emptyOutDir: true,
    target: 'es2022',
    minify: true,
    lib: {
      entry: here('./src/index.ts'),
      name: 'crowdHtmlElements',
      formats: ['iife'],
      fileName: () => 'crowd-html-elements.js',
    },
    // Notices of the bundled libraries stay in the script.
    rolldownOptions: { output: { comments: { legal: true, annotation: false, jsdoc: false } } },
  },
});
