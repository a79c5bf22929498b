// What `initial-value` says of a mask, before its pixels are read.
import { isPlainObject } from '../../base.ts';
import { parseColor } from '../palette.ts';

/** A region as a template gives it; its colour is read later. */
export interface GivenRegion {
  readonly label: string;
  readonly color: unknown;
}

/** A region whose colour was read. */
export interface ColoredRegion {
  readonly label: string;
  readonly color: string;
}

/** Where the mask is. An answer of this tool has it in itself. */
export function addressOf({ src, labeledImage }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof src === 'string' && src.trim() !== '') return src.trim();
  const data = isPlainObject(labeledImage) ? labeledImage.pngImageData : undefined;
  return typeof data === 'string' && data !== '' ? `data:image/png;base64,${data}` : undefined;
}

/** Reads the colours; of a colour that is there twice the first region counts. @param leaveOut is told of the others' labels */
export function coloredRegions(given: readonly GivenRegion[], leaveOut: (label: string) => void): ColoredRegion[] {
  const taken = new Set<string>();
  return given.flatMap(({ label, color: text }) => {
    const color = parseColor(text);
    if (color === undefined || taken.has(color)) {
      leaveOut(label);
      return [];
    }
    taken.add(color);
    return [{ label, color }];
  });
}
