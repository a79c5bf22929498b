// The mask that a template gives to begin with.
import type { Size } from '../image/viewport.ts';
import { maskMessages } from './messages.ts';
import { type DecodedPng, decodePng } from './png-decode.ts';

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
 * The numbers of the regions, pixel by pixel.
 *
 * @param src address of a PNG
 * @param size of the image, which the mask must have
 * @param colors of the regions, as `#rrggbb`, in the order of their numbers; all other pixels are background
 * @throws MaskError
 */
export async function readMask(src: string, size: Size, colors: readonly string[]): Promise<Uint16Array<ArrayBuffer>> {
  const png = await decode(await load(src));
  if (png.width !== size.width || png.height !== size.height)
    throw new MaskError(maskMessages.wrongSize(png.width, png.height, size.width, size.height));
  const numbers = new Map(
    colors.map((color, index) => [Number.parseInt(color.slice(1), 16), index + 1] as const).reverse(),
  );
  return png.map((color) => numbers.get(color) ?? 0);
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

async function decode(bytes: Uint8Array<ArrayBuffer>): Promise<DecodedPng> {
  try {
    return await decodePng(bytes);
  } catch (error) {
    throw new MaskError(maskMessages.unreadable, error instanceof Error ? error.message : String(error));
  }
}
