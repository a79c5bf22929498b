import { property } from 'lit/decorators.js';
import { imageClassifierStyles } from '../../internal/image-classifier.styles.ts';
import { CrowdClassifierMultiSelect } from '../crowd-classifier-multi-select/crowd-classifier-multi-select.ts';

/**
 * Several categories for an image. The answer is `{ labels, workerComment? }`; at least one must be chosen before submission,
 * or the exclusion category, which gives no labels. An image that does not come says so and blocks nothing.
 */
export class CrowdImageClassifierMultiSelect extends CrowdClassifierMultiSelect {
  static override styles = [...CrowdClassifierMultiSelect.styles, imageClassifierStyles];

  protected override readonly target = this.commentedImage();

  /** The address of the image. */
  @property()
  get src(): string {
    return this.target.src;
  }
  set src(src: string | null | undefined) {
    this.target.src = src;
  }

  /** What an earlier job has marked: `{ boundingBox }`, `{ semanticSegmentation }` or `{ instanceSegmentation }`. */
  @property()
  get overlay(): unknown {
    return this.target.overlay;
  }
  set overlay(overlay: unknown) {
    this.target.overlay = this.readJson('overlay', overlay);
  }
}
