// Runs in a worker: writes masks as PNG files, one after the other.
import { base64Of, type Drawing, framePng, rawRows } from './png-encode.ts';

addEventListener('message', async ({ data }: MessageEvent<Drawing>) => {
  postMessage(base64Of(framePng(data, await deflate(rawRows(data)))));
});

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const { readable, writable } = new CompressionStream('deflate');
  // In one piece: to stream it out of a blob takes as long again.
  const writer = writable.getWriter();
  const compressed = new Response(readable).arrayBuffer();
  await Promise.all([writer.write(bytes), writer.close()]);
  return new Uint8Array(await compressed);
}
