// The mask that a template gives to begin with.
import type { Size } from '../image/viewport.ts';
import { maskMessages } from './messages.ts';
import { type GivenPixels, type MaskFile, type MaskReading, readPixels } from './read-pixels.ts';
import ReadWorker from './read-worker.ts?worker&inline';

/** Milliseconds until a server that does not answer is given up. */
const patience = 30_000;

/** Why a mask cannot be taken: a sentence for the worker, and the reason for the author of the template. */
export class MaskError extends Error {
  readonly sentence: string;

  constructor(sentence: string, reason = sentence) {
    super(reason);
    this.sentence = sentence;
  }
}

/**
 * @param src address of a PNG
 * @param size of the image, which the mask must have
 * @param colors of the regions, as `#rrggbb`, in the order of their numbers; all other pixels are background
 * @throws MaskError
 */
export async function readMask(src: string, size: Size, colors: readonly string[]): Promise<GivenPixels> {
  const bytes = await load(src);
  const reading = await readApart({ bytes, size, colors: colors.map((color) => Number.parseInt(color.slice(1), 16)) });
  if ('pixels' in reading) return reading;
  if ('reason' in reading) throw new MaskError(maskMessages.unreadable, reading.reason);
  const { width, height } = reading.otherSize;
  throw new MaskError(maskMessages.wrongSize(width, height, size.width, size.height));
}

async function load(src: string): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  try {
    response = await fetch(src, { signal: AbortSignal.timeout(patience) });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new MaskError(maskMessages.unreachable, String(error));
  }
  throw new MaskError(maskMessages.refused(response.status));
}

/** In a worker of its own, which ends then; here where a page forbids workers. */
async function readApart(file: MaskFile): Promise<MaskReading> {
  let worker: Worker | undefined;
  try {
    worker = new ReadWorker();
    return await answerOf(worker, file);
  } catch {
    return readPixels(file);
  } finally {
    worker?.terminate();
  }
}

const answerOf = (worker: Worker, file: MaskFile): Promise<MaskReading> =>
  new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<MaskReading>) => resolve(data));
    worker.addEventListener('error', reject);
    // The file is copied: it is still needed should the worker not start.
    worker.postMessage(file);
  });
