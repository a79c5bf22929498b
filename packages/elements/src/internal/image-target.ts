// The image of a classifier with what lies over it, and the comment that a worker may add.
import { nothing, type ReactiveControllerHost } from 'lit';
import { OverlayView } from './overlay-view.ts';
import { StillPicture } from './still-picture.ts';
import type { WorkerComment } from './worker-comment.ts';

export class ImageTarget {
  readonly #picture: StillPicture;
  readonly #over: OverlayView;
  readonly #comment: WorkerComment | undefined;
  #overlay: unknown;

  /** @param report tells the worker, and with the reason the author of the template, what is wrong with the overlay */
  constructor(
    host: ReactiveControllerHost & HTMLElement,
    report: (reason: string, sentence?: string) => void = () => undefined,
    comment?: WorkerComment,
  ) {
    this.#comment = comment;
    this.#picture = new StillPicture(host);
    this.#over = new OverlayView({ requestUpdate: () => host.requestUpdate(), reportOverlay: report });
  }

  get src(): string {
    return this.#picture.src;
  }

  set src(src: string | null | undefined) {
    this.#picture.load(String(src ?? ''));
  }

  get overlay(): unknown {
    return this.#overlay;
  }

  set overlay(overlay: unknown) {
    this.#overlay = overlay;
    this.#over.show(overlay);
  }

  pressed({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    return !ctrlKey && !metaKey && !altKey && this.#picture.pressed(key);
  }

  render(): unknown {
    return this.#picture.render(this.#over.renderMarks, this.#over.renderControls());
  }

  /** The link to the comment, where there can be one. */
  renderBelow(isDisabled: boolean): unknown {
    return this.#comment?.render(isDisabled) ?? nothing;
  }

  /** What it adds to an answer. */
  get answer(): { workerComment?: string } {
    return this.#comment?.answer ?? {};
  }

  /** What the worker has written so far. */
  get comment(): string {
    return this.#comment?.text ?? '';
  }

  set comment(text: string) {
    if (this.#comment) this.#comment.text = text;
  }

  /** Back to the state that the template gave. */
  clear(): void {
    this.#comment?.clear();
  }
}
