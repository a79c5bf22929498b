// Three builds into the server's assets: the portal (`vite build`), the task frame's prelude (`vite build --mode task-frame`)
// and the service worker that shows push messages (`vite build --mode service-worker`).
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
      output: { entryFileNames: 'app.js', assetFileNames: 'app[extname]', chunkFileNames: 'chunks/[name]-[hash:8].js' },
    },
  },
};

/** A classic script, so that it runs before every script of the template. */
const taskFrame: UserConfig = {
  root: here('.'),
  publicDir: false,
  build: {
    outDir: here('../server/dist/assets'),
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: {
      input: here('./src/frame/task-frame.ts'),
      output: { format: 'iife', entryFileNames: 'task-frame.js' },
    },
  },
};

/** Under the portal's own assets, since its policy takes scripts from nowhere else. */
const serviceWorker: UserConfig = {
  root: here('.'),
  publicDir: false,
  build: {
    outDir: here('../server/dist/assets/portal'),
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: {
      input: here('./src/notices/service-worker.ts'),
      output: { format: 'iife', entryFileNames: 'sw.js' },
    },
  },
};

const modes: Readonly<Record<string, UserConfig>> = { 'task-frame': taskFrame, 'service-worker': serviceWorker };

// A production build whatever NODE_ENV says: tests set it, and their build is the one that is served.
const production = {
  define: { 'process.env.NODE_ENV': '"production"' },
  resolve: { conditions: ['production', 'browser', 'module', 'import', 'default'] },
} satisfies UserConfig;

export default defineConfig(({ mode }) => ({ ...production, ...(modes[mode] ?? portal) }));
