import { css, html, isPlainObject } from '../../base.ts';
import type { Label } from '../../tools/labels.ts';
import { MaskTool } from '../../tools/masks/mask-tool.ts';
import { maskMessages } from '../../tools/masks/messages.ts';
import type { Region } from '../../tools/masks/region.ts';
import { nthColor } from '../../tools/palette.ts';
import { toolIcon } from '../../tools/tool-icon.ts';

/**
 * Gives pixels of an image to instances of labels, each with a colour of its own, in the order in which they are made. What is
 * painted belongs to the selected instance, or to the one painted last with the chosen label, until “Add instance” begins another
 * one. Its answer is `{ inputImageProperties: { height, width }, instances: [{ color, label }], labeledImage: { pngImageData } }`:
 * a PNG of the stored image's size in plain Base64, in which the colour says the instance and the background is transparent
 * white, and the instances that occur in it; with `initialValueModified` where `initial-value` was given. Submission is blocked
 * until something is painted or “Nothing to label” is ticked, and as long as the image or a given mask is not there.
 */
export class CrowdInstanceSegmentation extends MaskTool {
  static override styles = [
    ...MaskTool.styles,
    css`
      .add {
        align-self: flex-start;
        margin-bottom: 6px;
        margin-inline-start: 16px;
        max-width: 100%;
        min-height: 32px;
        overflow-wrap: anywhere;
      }
      /* Colours say which instance it is. */
      .label-button .swatch {
        display: none;
      }
    `,
  ];

  /** The instance that is painted in. */
  #current: number | undefined;
  /** The instance that another one is to become a part of. */
  #merging: number | undefined;

  protected override readonly selectionIsPainted = true;

  protected override get ownShortcuts() {
    return [
      ...super.ownShortcuts,
      { keys: ['N'], text: maskMessages.addInstance },
      { keys: ['J'], text: maskMessages.merge },
    ];
  }

  protected override begin(initial: unknown): void {
    this.#current = undefined;
    this.#merging = undefined;
    super.begin(initial);
  }

  protected given({ instances }: Readonly<Record<string, unknown>>) {
    if (!Array.isArray(instances)) return undefined;
    return instances.map((instance: unknown) => {
      const { label, color } = isPlainObject(instance) ? instance : {};
      return { label: String(label ?? ''), color };
    });
  }

  protected regionToPaint(): number {
    const at = this.selected ?? this.#current;
    const isFitting = at !== undefined && this.maskRegions[at - 1]?.label === this.label;
    this.#current = isFitting ? at : this.addRegion({ label: this.label, color: this.#nextColor() });
    return this.#current;
  }

  /** Colours that the template wants come first. */
  #nextColor(): string {
    const used = new Set(['#ffffff', ...this.maskRegions.map(({ color }) => color)]);
    const wanted = this.labelColors.find((color) => !used.has(color));
    if (wanted !== undefined) return wanted;
    for (let index = 0; ; index++) if (!used.has(nthColor(index))) return nthColor(index);
  }

  protected override chosen(mark: number | undefined): void {
    if (mark !== undefined) this.#current = mark;
  }

  protected relabel(mark: number, label: string): void {
    const region = this.maskRegions[mark - 1];
    if (region && region.label !== label) this.replaceRegion(mark, { ...region, label });
  }

  protected override removeMark(mark: number): void {
    if (this.#current === mark) this.#current = undefined;
    super.removeMark(mark);
  }

  #add(label: string): void {
    this.cancel();
    this.choose(undefined);
    this.#current = undefined;
    this.label = label;
    if (this.mode !== 'polygon' && this.mode !== 'fill') this.mode = 'brush';
    this.tell(maskMessages.newInstance(label));
    this.requestUpdate();
  }

  /** The first time notes what is selected, the second time makes one of both. */
  #merge(): void {
    const { selected } = this;
    if (selected === undefined) return;
    const into = this.#merging;
    const region = into === undefined ? undefined : this.maskRegions[into - 1];
    this.#merging = undefined;
    if (into === undefined || region === undefined) {
      this.#merging = selected;
      this.tell(maskMessages.mergeWith(this.maskRegions[selected - 1]!.label, selected));
    } else if (into === selected) this.say(maskMessages.cancelled);
    else {
      this.moveInto(selected, into);
      this.#current = into;
      this.say(maskMessages.merged(region.label, into));
    }
    this.requestUpdate();
  }

  protected override pressedOwn(event: KeyboardEvent): boolean {
    const { key } = event;
    if (key === 'Escape' && this.#merging !== undefined) {
      this.#merging = undefined;
      this.say(maskMessages.cancelled);
      this.requestUpdate();
      return true;
    }
    if (super.pressedOwn(event)) return true;
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (key === 'n' && this.label !== '') this.#add(this.label);
    else if (key === 'j' && this.selected !== undefined) this.#merge();
    else return false;
    return true;
  }

  protected override renderTools(): unknown {
    const isMerging = this.#merging !== undefined;
    return html`${super.renderTools()}<div class="bar-group"><button
      class="action" type="button" id="merge" title="${maskMessages.merge} (J)" aria-pressed=${isMerging ? 'true' : 'false'}
      ?disabled=${this.selected === undefined || !this.isDrawable} @click=${() => this.#merge()}
    >${toolIcon('merge')}${maskMessages.merge}</button></div>`;
  }

  protected override renderBelowLabel = ({ name }: Label): unknown => {
    const isNext = this.label === name && this.selected === undefined && this.#current === undefined;
    return html`<button
      class="action add" type="button" aria-label="${maskMessages.addInstance}: ${name}" aria-pressed=${isNext ? 'true' : 'false'}
      ?disabled=${!this.isDrawable} @click=${() => this.#add(name)}
    ><span aria-hidden="true">+</span>${maskMessages.addInstance}</button>`;
  };

  protected textOf(number: number, share: string): string {
    return maskMessages.instance(number, share);
  }

  protected describe(regions: readonly Region[]): Record<string, unknown> {
    return { instances: regions.map((region) => ({ color: this.colorOfRegion(region), label: region.label })) };
  }
}
