import { isPlainObject } from '../../base.ts';
import type { Label } from '../../tools/labels.ts';
import { MaskTool } from '../../tools/masks/mask-tool.ts';
import { maskMessages } from '../../tools/masks/messages.ts';
import type { Region } from '../../tools/masks/region.ts';
import { paletteFor } from '../../tools/palette.ts';

/**
 * Gives each pixel of an image at most one label, by brush, eraser, polygons and filling. Its answer is
 * `{ inputImageProperties: { height, width }, labelMappings: { [label]: { color } }, labeledImage: { pngImageData } }`: a PNG of
 * the stored image's size in plain Base64, in which the colour says the label and the background is transparent white, and the
 * labels that occur in it; with `initialValueModified` where `initial-value` was given. Submission is blocked until something is
 * painted or “Nothing to label” is ticked, and as long as the image or a given mask is not there.
 */
export class CrowdSemanticSegmentation extends MaskTool {
  /** The colours of a given mask, which its labels keep. */
  #given: ReadonlyMap<string, string> = new Map();
  #mixed:
    | { readonly from: readonly Label[]; readonly given: ReadonlyMap<string, string>; readonly paint: readonly Label[] }
    | undefined;

  protected override readonly selectionIsPainted = false;

  protected override get paint(): readonly Label[] {
    const from = super.paint;
    if (this.#given.size === 0) return from;
    if (this.#mixed?.from !== from || this.#mixed.given !== this.#given)
      this.#mixed = { from, given: this.#given, paint: mix(from, this.#given) };
    return this.#mixed.paint;
  }

  protected override colorOf(name: string): string {
    if (this.#given.size === 0) return super.colorOf(name);
    return this.paint.find((label) => label.name === name)?.color ?? super.colorOf(name);
  }

  protected override begin(initial: unknown): void {
    this.#given = new Map();
    super.begin(initial);
  }

  protected given({ labelMappings }: Readonly<Record<string, unknown>>) {
    if (!isPlainObject(labelMappings)) return undefined;
    return Object.entries(labelMappings).map(([label, mapping]) => ({
      label,
      color: isPlainObject(mapping) ? mapping.color : mapping,
    }));
  }

  protected override takeGiven(
    regions: readonly { readonly label: string; readonly color: string }[],
  ): readonly Region[] {
    this.#given = new Map(regions.map(({ label, color }) => [label, color]));
    return regions.map(({ label }) => ({ label }));
  }

  /** Its label says the colour, as it did when the draft was taken. */
  protected override keptRegions(regions: readonly Region[]): readonly Region[] {
    return regions.map(({ label }) => ({ label }));
  }

  protected regionToPaint(): number {
    const at = this.maskRegions.findIndex(({ label }) => label === this.label);
    return at < 0 ? this.addRegion({ label: this.label }) : at + 1;
  }

  protected relabel(mark: number, label: string): void {
    const before = this.maskRegions;
    const region = this.regionToPaint();
    if (before[mark - 1]?.label !== label) this.moveInto(mark, region, before);
  }

  protected textOf(_number: number, share: string): string {
    return maskMessages.share(share);
  }

  protected describe(regions: readonly Region[]): Record<string, unknown> {
    const entries = regions.map((region) => [region.label, { color: this.colorOfRegion(region) }] as const);
    return { labelMappings: Object.fromEntries(entries) };
  }
}

/** The other labels get colours that no given one has. */
function mix(labels: readonly Label[], given: ReadonlyMap<string, string>): Label[] {
  const taken = new Set(given.values());
  const wanted = labels.map(({ name, color }) => given.get(name) ?? (taken.has(color) ? undefined : color));
  const colors = paletteFor(labels.length, wanted);
  return labels.map(({ name }, index) => ({ name, color: colors[index]! }));
}
