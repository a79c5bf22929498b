import { property } from 'lit/decorators.js';
import { categoryText } from '../../internal/classifier-base.ts';
import { imageClassifierStyles } from '../../internal/image-classifier.styles.ts';
import { ImageTarget } from '../../internal/image-target.ts';
import { pictureMessages } from '../../internal/picture-messages.ts';
import { isPlainObject, sortDeep } from '../../internal/sorted-json.ts';
import { CrowdClassifierMultiSelect } from '../crowd-classifier-multi-select/crowd-classifier-multi-select.ts';

/**
 * Unsafe content that an image has, of a list by Rekognition. The answer is `{ moderationLabels }` with the chosen categories
 * as they were given, objects or texts; at least one must be chosen before submission, or “None”, which gives an empty list.
 *
 * @attr categories - The labels: texts, or objects with `name`, which are in the answer as they are.
 * @attr exclusion-category - `{ text: '…' }`: what the option that stands for none of them is called, “None” if not given.
 */
export class CrowdRekognitionDetectModerationLabels extends CrowdClassifierMultiSelect {
  static override styles = [...CrowdClassifierMultiSelect.styles, imageClassifierStyles];

  /** The key that consumers look up. Documents name no attribute for it; one that is given counts all the same. */
  override name = 'AWS/Rekognition/DetectModerationLabels/Image/V3';

  protected override readonly target = new ImageTarget(this);
  /** The categories as they were given, by what they are shown as. */
  #given: ReadonlyMap<string, unknown> = new Map();

  /** The address of the image. */
  @property()
  get src(): string {
    return this.target.src;
  }
  set src(src: string | null | undefined) {
    this.target.src = src;
  }

  /**
   * Two documents of the original call the key `ModerationLabels` and `moderationLabels`; the second one goes with `blocks` of
   * the document task and with what a template is given.
   */
  override get _submittableValue(): unknown {
    if (!isPlainObject(super._submittableValue)) return undefined;
    return { moderationLabels: this.value.map((name) => sortDeep(this.#given.get(name) ?? name)) };
  }

  protected override categoriesChanged(items: readonly unknown[]): void {
    // The first of equal ones is the one that is shown.
    this.#given = new Map(items.map((item) => [categoryText(item), item] as const).reverse());
  }

  /** Without it, an image that has none of the categories could not be answered. */
  protected override willUpdate(): void {
    if (this.exclusion === '') this.exclusion = pictureMessages.none;
  }
}
