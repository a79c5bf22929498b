// All modules as one file for Node, beside the single ones that the compiler makes.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  publicDir: false,
  resolve: { conditions: ['holdpoint-source', 'node'] },
  build: {
    outDir: here('./dist'),
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    lib: { entry: here('./src/index.ts'), formats: ['es'], fileName: () => 'node.js' },
    rolldownOptions: { external: [] },
  },
});
