import { property } from 'lit/decorators.js';
import { imageClassifierStyles } from '../../internal/image-classifier.styles.ts';
import { ImageTarget } from '../../internal/image-target.ts';
import { isPlainObject } from '../../internal/sorted-json.ts';
import { WorkerComment } from '../../internal/worker-comment.ts';
import { CrowdClassifier } from '../crowd-classifier/crowd-classifier.ts';

/**
 * One category for an image. The answer is `{ label, workerComment? }`; a category must be chosen before submission. An image
 * that does not come says so and blocks nothing: the worker may know it, or choose a category for that.
 */
export class CrowdImageClassifier extends CrowdClassifier {
  static override styles = [...CrowdClassifier.styles, imageClassifierStyles];

  readonly #target = new ImageTarget(this, (reason, sentence) => this.report('overlay', reason, sentence));
  readonly #comment = new WorkerComment(
    {
      shadowRoot: () => this.shadowRoot,
      requestUpdate: () => this.requestUpdate(),
      commented: () => this.#commented(),
    },
    this.regions,
  );

  /** The address of the image. */
  @property()
  get src(): string {
    return this.#target.src;
  }
  set src(src: string | null | undefined) {
    this.#target.src = src;
  }

  /** What an earlier job has marked: `{ boundingBox }`, `{ semanticSegmentation }` or `{ instanceSegmentation }`. */
  @property()
  get overlay(): unknown {
    return this.#target.overlay;
  }
  set overlay(overlay: unknown) {
    this.#target.overlay = this.readJson('overlay', overlay);
  }

  override get _submittableValue(): unknown {
    const answer = super._submittableValue;
    return isPlainObject(answer) ? { ...answer, ...this.#comment.answer } : undefined;
  }

  #commented(): void {
    this.requestUpdate();
    this.announce('input');
    this.announce('change');
  }

  protected override restore(): void {
    super.restore();
    this.#comment.clear();
  }

  protected override pressed(event: KeyboardEvent): boolean {
    return this.#target.pressed(event) || super.pressed(event);
  }

  protected override renderTarget(): unknown {
    return this.#target.render();
  }

  protected override renderBelowCategories(): unknown {
    return this.#comment.render(this.inactive);
  }
}
