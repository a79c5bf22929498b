// The base of every page and component: Lit in light DOM, so that labels, descriptions and password managers see one tree.
import { LitElement } from 'lit';
import { onWords } from './words/words.ts';

export class PageElement extends LitElement {
  #stopWords: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopWords = onWords(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    this.#stopWords?.();
    super.disconnectedCallback();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
