// The base of every page and component: Lit in light DOM, so that labels, descriptions and password managers see one tree.
import { LitElement } from 'lit';

/** The host at which people sign in, when it is not here; the server writes it into the page. */
export const identityProvider = (): string | undefined => written('identity-provider');

/** Whether a new password can be asked for by mail. */
export const mailsLinks = (): boolean => written('mails-links') === 'true';

const written = (name: string): string | undefined =>
  document.querySelector<HTMLMetaElement>(`meta[name="holdpoint-${name}"]`)?.content;

export class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
