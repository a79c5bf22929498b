// Runs in a worker: reads a given mask.
import { type MaskFile, readPixels } from './read-pixels.ts';

addEventListener('message', async ({ data }: MessageEvent<MaskFile>) => {
  const reading = await readPixels(data);
  const buffers = 'pixels' in reading ? [reading.pixels.buffer, reading.counts.buffer, reading.runs.buffer] : [];
  postMessage(reading, { transfer: buffers });
});
