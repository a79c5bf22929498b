export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The size of an image as it is stored, in its own pixels. Browsers count `naturalWidth` after turning by EXIF data even where
 * the style says not to turn; only the layout tells which way the image lies.
 */
export async function storedSize(image: HTMLImageElement): Promise<Size> {
  const { naturalWidth: width, naturalHeight: height } = image;
  const lies =
    width === height ? undefined : image.checkVisibility() ? liesAcross(image) : await liesAcrossUnseen(image);
  return lies === undefined || lies === width > height ? { width, height } : { width: height, height: width };
}

/** @returns undefined where the layout has no size for it */
function liesAcross(image: HTMLImageElement): boolean | undefined {
  const before = image.style.cssText;
  image.style.cssText =
    'width:auto;height:auto;max-width:none;max-height:none;position:absolute;image-orientation:none';
  const { offsetWidth, offsetHeight } = image;
  image.style.cssText = before;
  return offsetWidth === offsetHeight ? undefined : offsetWidth > offsetHeight;
}

/** In a hidden tab nothing has a layout: a copy gets one, where no style of the page reaches it. */
async function liesAcrossUnseen(image: HTMLImageElement): Promise<boolean | undefined> {
  const host = document.createElement('div');
  host.style.cssText = 'all:initial;position:absolute;visibility:hidden;width:0;height:0;overflow:hidden';
  const copy = image.cloneNode() as HTMLImageElement;
  host.attachShadow({ mode: 'open' }).append(copy);
  document.documentElement.append(host);
  try {
    await copy.decode();
    return liesAcross(copy);
  } catch {
    return undefined;
  } finally {
    host.remove();
  }
}
