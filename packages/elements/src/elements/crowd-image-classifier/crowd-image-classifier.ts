import { property } from 'lit/decorators.js';
import { imageClassifierStyles } from '../../internal/image-classifier.styles.ts';
import { CrowdClassifier } from '../crowd-classifier/crowd-classifier.ts';

/**
 * One category for an image. The answer is `{ label, workerComment? }`; a category must be chosen before submission. An image
 * that does not come says so and blocks nothing: the worker may know it, or choose a category for that.
 */
export class CrowdImageClassifier extends CrowdClassifier {
  static override styles = [...CrowdClassifier.styles, imageClassifierStyles];

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
