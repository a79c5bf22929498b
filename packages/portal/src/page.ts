// The base of every page and component: Lit in light DOM, so that labels, descriptions and password managers see one tree.
import { LitElement } from 'lit';

export class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
