// The stage of an image: its size in the page, how the image lies on it, and the cursor that keys move.
import { html, type LitElement } from '../../base.ts';
import {
  clampPoint,
  fitView,
  type Point,
  panView,
  revealPoint,
  type Size,
  toImage,
  toStage,
  type View,
  zoomView,
} from './viewport.ts';

const zoomStep = 1.25;

export class StageView {
  readonly #host: Pick<LitElement, 'requestUpdate'>;
  readonly #image: () => Size | undefined;
  readonly #resizes = new ResizeObserver(() => this.#resized());
  #element: HTMLElement | undefined;
  #size: Size = { width: 0, height: 0 };
  #view: View = { scale: 1, x: 0, y: 0 };
  /** Nobody has moved or zoomed since it was fitted: it stays fitted when the stage gets another size. */
  #isFitted = true;
  #cursor: Point | undefined;

  constructor(host: Pick<LitElement, 'requestUpdate'>, image: () => Size | undefined) {
    this.#host = host;
    this.#image = image;
  }

  get view(): View {
    return this.#view;
  }

  /** In whole pixels of the image; undefined while keys are not in use. */
  get cursor(): Point | undefined {
    return this.#cursor;
  }

  attach(element: HTMLElement | undefined): void {
    if (element === this.#element) return;
    this.#resizes.disconnect();
    this.#element = element;
    if (element) this.#resizes.observe(element);
  }

  readonly fit = (): void => {
    this.#show((_view, image, stage) => fitView(image, stage));
    this.#isFitted = true;
  };

  readonly zoomIn = (): void => this.#zoom(zoomStep);
  readonly zoomOut = (): void => this.#zoom(1 / zoomStep);

  /** @param at a point of the stage, which stays where it is */
  zoomAt(factor: number, at: Point): void {
    this.#show((view, image, stage) => zoomView(view, factor, at, image, stage));
  }

  pan(by: Point): void {
    this.#show((view, image, stage) => panView(view, by, image, stage));
  }

  /** From the stage to the image. */
  pointAt(at: Point): Point {
    return toImage(this.#view, at);
  }

  /** The cursor appears in the middle of what is seen, and moves with the view where it comes to its edge. */
  moveCursor(by: Point): Point {
    // Keys may come before the observer has told anything.
    if (this.#size.width === 0) this.#resized();
    const middle = toImage(this.#view, { x: this.#size.width / 2, y: this.#size.height / 2 });
    const from = this.#cursor ?? middle;
    const cursor = clampPoint({ x: from.x + by.x, y: from.y + by.y }, this.#image() ?? this.#size);
    this.#cursor = cursor;
    this.reveal(cursor);
    this.#host.requestUpdate();
    return cursor;
  }

  /** Moves the view until a point of the image is seen. */
  reveal(point: Point): void {
    const image = this.#image();
    if (image === undefined || this.#size.width === 0) return;
    const view = revealPoint(this.#view, point, image, this.#size);
    if (view.x === this.#view.x && view.y === this.#view.y) return;
    this.#isFitted = false;
    this.#view = view;
    this.#host.requestUpdate();
  }

  hideCursor(): void {
    if (this.#cursor === undefined) return;
    this.#cursor = undefined;
    this.#host.requestUpdate();
  }

  /** The style that puts something of the image's size over the image. */
  get place(): string {
    const image = this.#image();
    if (image === undefined) return 'visibility:hidden';
    const { scale, x, y } = this.#view;
    return `width:${image.width}px;height:${image.height}px;transform:translate(${x}px,${y}px) scale(${scale})`;
  }

  renderCursor(): unknown {
    if (this.#cursor === undefined) return '';
    const { x, y } = toStage(this.#view, this.#cursor);
    return html`<div class="cursor" style="transform:translate(${x}px,${y}px)"></div>`;
  }

  #zoom(factor: number): void {
    const { width, height } = this.#size;
    this.zoomAt(factor, this.#cursor ? toStage(this.#view, this.#cursor) : { x: width / 2, y: height / 2 });
  }

  #show(next: (view: View, image: Size, stage: Size) => View): void {
    const image = this.#image();
    if (image === undefined || this.#size.width === 0) return;
    this.#view = next(this.#view, image, this.#size);
    this.#isFitted = false;
    this.#host.requestUpdate();
  }

  #resized(): void {
    const { clientWidth: width = 0, clientHeight: height = 0 } = this.#element ?? {};
    this.#size = { width, height };
    if (this.#isFitted) this.fit();
    else this.pan({ x: 0, y: 0 });
  }
}
