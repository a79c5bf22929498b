// Runs in a worker: writes masks as PNG files, one after the other.
import { base64Of, type Drawing, framePng, rawRows } from './png-encode.ts';

addEventListener('message', async ({ data }: MessageEvent<Drawing>) => {
  const stream = new Blob([rawRows(data)]).stream().pipeThrough(new CompressionStream('deflate'));
  postMessage(base64Of(framePng(data, new Uint8Array(await new Response(stream).arrayBuffer()))));
});
