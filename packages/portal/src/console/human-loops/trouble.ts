// What went wrong, in the server's own sentence, with something to press.
import { html, type TemplateResult } from 'lit';
import { goTo, signInPath } from '../../navigation.ts';
import { ConsoleError, isSignedOut } from '../console-api.ts';

export const sentenceOf = (error: unknown): string =>
  error instanceof ConsoleError ? error.message : 'Something went wrong on this page. Try again.';

export const isMissing = (error: unknown): boolean =>
  error instanceof ConsoleError && error.code.startsWith('ResourceNotFound');

export const troublePanel = (error: unknown, again: () => void): TemplateResult => html`
  <section class="panel panel-failure" role="alert">
    <p>${sentenceOf(error)}</p>
    <div class="row"><button type="button" class="button" @click=${again}>Try again</button></div>
  </section>`;

/** Whoever is signed out goes to the sign-in, and comes back here. @returns whether it was that */
export function leaveSignedOut(error: unknown): boolean {
  if (!isSignedOut(error)) return false;
  goTo(signInPath(location.pathname + location.search), { replace: true });
  return true;
}
