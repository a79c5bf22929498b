// A question in a native dialog.
import { html, nothing, render, type TemplateResult } from 'lit';
import type { Words } from '../words/en.ts';
import { words } from '../words/words.ts';

export interface Question {
  readonly title: string;
  readonly text: string | TemplateResult;
  /** What the button says; Confirm without it. */
  readonly action?: string;
  /** Nothing brings back what it takes away. */
  readonly isHarsh?: boolean;
  /** What stands under the text, such as a field; `redraw` draws it anew. */
  readonly more?: TemplateResult | ((redraw: () => void) => TemplateResult);
}

/**
 * Asks before something is done; resolves to whether the action was pressed. Escape means no.
 *
 * @param said the words of the language in which is asked: that of the page, unless it is another
 */
export function confirm(question: Question, said: Words = words): Promise<boolean> {
  const { title, text, action = said.common.confirm, isHarsh = false, more = nothing } = question;
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  dialog.lang = said.language;
  dialog.dir = said.direction;
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  dialog.setAttribute('aria-describedby', 'dialog-text');
  const draw = (): void => {
    render(
      html`<form method="dialog">
        <h2 id="dialog-title">${title}</h2>
        <div id="dialog-text">${text}</div>
        ${typeof more === 'function' ? more(draw) : more}
        <div class="row row-end">
          <button class="button" value="cancel" formnovalidate autofocus>${said.common.cancel}</button>
          <button class="button ${isHarsh ? 'button-harsh' : 'button-primary'}" value="confirm">${action}</button>
        </div>
      </form>`,
      dialog,
    );
  };
  draw();
  document.body.append(dialog);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(dialog.returnValue === 'confirm');
  });
  dialog.showModal();
  return promise;
}
