/** Pixels of a mask that are drawn at most: it is to look at only, and a screen has no more. */
const mostPixels = 4_000_000;

/**
 * A mask without its background: only pixels of the given colours stay. Where its server lets no page read it, the picture
 * itself, which is then to be multiplied with what lies under it.
 */
export async function loadMask(src: string, colors: readonly string[]): Promise<HTMLCanvasElement | HTMLImageElement> {
  try {
    return paint(await decode(src, true), colors);
  } catch {
    const image = await decode(src, false);
    image.alt = '';
    image.classList.add('unread');
    return image;
  }
}

async function decode(src: string, isAnonymous: boolean): Promise<HTMLImageElement> {
  const image = new Image();
  if (isAnonymous) image.crossOrigin = 'anonymous';
  image.src = src;
  await image.decode();
  return image;
}

function paint(image: HTMLImageElement, colors: readonly string[]): HTMLCanvasElement {
  const scale = Math.min(1, Math.sqrt(mostPixels / (image.naturalWidth * image.naturalHeight)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  // A mixture of two labels' colours would be the colour of neither.
  context.imageSmoothingEnabled = false;
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const picture = context.getImageData(0, 0, canvas.width, canvas.height);
  const { data } = picture;
  const kept = new Set(colors.map((color) => Number.parseInt(color.slice(1), 16)));
  for (let at = 0; at < data.length; at += 4) {
    if (!kept.has((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!)) data[at + 3] = 0;
  }
  context.putImageData(picture, 0, 0);
  return canvas;
}
