// Three builds into the server's assets: the portal (`vite build`), the script that shows what a worker has chosen before anything
// is drawn (`vite build --mode first-paint`), and the task frame's prelude (`vite build --mode task-frame`).
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
      output: { entryFileNames: 'app.js', chunkFileNames: 'chunks/[name]-[hash:8].js', assetFileNames: 'app[extname]' },
    },
  },
};

/** A classic script, so that it runs before the page is drawn. */
const firstPaint: UserConfig = {
  root: here('.'),
  publicDir: false,
  build: {
    outDir: here('../server/dist/assets/portal'),
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: {
      input: here('./src/display/first-paint.ts'),
      output: { format: 'iife', entryFileNames: 'first-paint.js' },
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

// A production build whatever NODE_ENV says: tests set it, and their build is the one that is served.
const production = {
  define: { 'process.env.NODE_ENV': '"production"' },
  resolve: { conditions: ['production', 'browser', 'module', 'import', 'default'] },
} satisfies UserConfig;

const builds: { readonly [mode: string]: UserConfig } = { 'task-frame': taskFrame, 'first-paint': firstPaint };

export default defineConfig(({ mode }) => ({ ...production, ...(builds[mode] ?? portal) }));
