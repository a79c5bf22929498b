// The image of a classifier with what lies over it.
import type { ReactiveControllerHost } from 'lit';
import { OverlayView } from './overlay-view.ts';
import { StillPicture } from './still-picture.ts';

export class ImageTarget {
  readonly #picture: StillPicture;
  readonly #over: OverlayView;
  #overlay: unknown;

  /** @param report tells the worker, and with the reason the author of the template, what is wrong with the overlay */
  constructor(
    host: ReactiveControllerHost & HTMLElement,
    report: (reason: string, sentence?: string) => void = () => undefined,
  ) {
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
}
