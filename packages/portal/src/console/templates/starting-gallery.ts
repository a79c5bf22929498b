// Templates to begin with. Fires `begin` (CustomEvent of StartingPoint) when one is chosen.
import { html } from 'lit';
import { loading } from '../../components/message.ts';
import { PageElement } from '../../page.ts';
import type { StartingPoint } from './starting-points.ts';

type Gallery = typeof import('./starting-points.ts');

class StartingGallery extends PageElement {
  #gallery: Gallery | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    this.#gallery = await import('./starting-points.ts');
    this.requestUpdate();
  }

  #choose(point: StartingPoint): void {
    this.dispatchEvent(new CustomEvent<StartingPoint>('begin', { detail: point }));
  }

  protected override render() {
    const gallery = this.#gallery;
    return html`<section class="panel" aria-labelledby="gallery-title">
      <h2 id="gallery-title">Begin with an example</h2>
      <p class="muted">Each comes with a sample input. Or write in the editor below.</p>
      ${
        gallery
          ? html`<ul class="starting-points">
              ${gallery.startingPoints.map(
                (point) => html`<li>
                  <button type="button" class="button" @click=${() => this.#choose(point)}>${gallery.titleOf(point.name)}</button>
                </li>`,
              )}
            </ul>`
          : loading('Loading the examples…')
      }
    </section>`;
  }
}

customElements.define('holdpoint-starting-gallery', StartingGallery);
