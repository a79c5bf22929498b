// Four builds into the server's assets: the portal (`vite build`), the script that shows what a worker has chosen before anything
// is drawn (`vite build --mode first-paint`), the task frame's prelude (`vite build --mode task-frame`) and the service worker that
// shows push messages (`vite build --mode service-worker`).
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const portal: UserConfig = {
  root: here('.'),
  base: '/assets/portal/',
  publicDir: here('./public'),
  build: {
    outDir: here('../server/dist/assets/portal'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: {
      input: here('./src/app.ts'),
      output: {
        entryFileNames: 'app.js',
        chunkFileNames: 'chunks/[name]-[hash:8].js',
        assetFileNames: 'app[extname]',
        // What the first page needs is one file, also where later pages need parts of it. The words wait for nothing in the entry,
        // which waits for them.
        codeSplitting: { groups: [{ name: 'first', tags: ['$initial'], test: (id) => !id.endsWith('/src/app.ts') }] },
      },
    },
  },
};

/** A classic script of its own, with all that it needs in it. */
const script = (source: string, target: string): UserConfig => ({
  root: here('.'),
  publicDir: false,
  build: {
    outDir: here(`../server/dist/assets/${dirname(target)}`),
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: {
      input: here(source),
      output: { format: 'iife', entryFileNames: basename(target) },
    },
  },
});

const modes: Readonly<Record<string, UserConfig>> = {
  // Runs before the page is drawn.
  'first-paint': script('./src/display/first-paint.ts', 'portal/first-paint.js'),
  // Runs before every script of the template.
  'task-frame': script('./src/frame/task-frame.ts', 'task-frame.js'),
  // Under the portal's own assets, since its policy takes scripts from nowhere else.
  'service-worker': script('./src/notices/service-worker.ts', 'portal/sw.js'),
};

// A production build whatever NODE_ENV says: tests set it, and their build is the one that is served.
const production = {
  define: { 'process.env.NODE_ENV': '"production"' },
  resolve: { conditions: ['production', 'browser', 'module', 'import', 'default'] },
} satisfies UserConfig;

export default defineConfig(({ mode }) => ({ ...production, ...(modes[mode] ?? portal) }));
