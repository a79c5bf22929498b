/**
 * `npm run bench -- elements`: the crowd-* elements in a real Chromium, in one table, each figure beside a reference measured in
 * the same run: time until a form is ready, frames while marks are dragged and masks are painted, moved and zoomed, the work
 * that a mask of 12 megapixels is, marks in a long text; and what the scripts weigh.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { gzipSync } from 'node:zlib';
import { measureReady } from './elements/forms.ts';
import { measureFrames } from './elements/frames.ts';
import { measureMasks } from './elements/masks.ts';
import { dist, servePages } from './elements/pages.ts';
import { type Row, renderTable } from './elements/table.ts';
import { measureTexts } from './elements/texts.ts';

const pages = await servePages();
try {
  const rows: (Row | string)[] = [];
  for (const measure of [measureReady, measureFrames, measureMasks, measureTexts]) rows.push(...(await measure(pages)));
  const load = loadavg()[0]!.toFixed(1);
  print(`Chromium ${pages.browser.version()}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), load ${load}\n`);
  print(renderTable([...rows, ...sizes()]));
} finally {
  await pages.close();
}

function sizes(): (Row | string)[] {
  const row = (file: string, limit?: string): Row => ({
    name: file,
    ours: (gzipSync(readFileSync(dist + file), { level: 9 }).length / 1024).toFixed(1),
    ...(limit !== undefined && { limit }),
  });
  const tools = readdirSync(`${dist}tools`).map((file) => row(`tools/${file}`));
  return ['Scripts (KB, gzip)', row('crowd-html-elements.js', '60 KB'), ...tools];
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
