// A question in a native dialog, whose button says what it does.
import { html, nothing, render, type TemplateResult } from 'lit';

export interface Asked {
  readonly title: string;
  readonly text: string | TemplateResult;
  /** The words of the button. */
  readonly action: string;
  /** What stands under the text, such as the same call by program. */
  readonly more?: TemplateResult;
}

/** Resolves to whether the action was pressed. Escape means no. */
export function ask({ title, text, action, more }: Asked): Promise<boolean> {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  dialog.setAttribute('aria-labelledby', 'ask-title');
  dialog.setAttribute('aria-describedby', 'ask-text');
  render(
    html`<form method="dialog">
      <h2 id="ask-title">${title}</h2>
      <div id="ask-text">${text}</div>
      ${more ?? nothing}
      <div class="row row-end">
        <button class="button" value="cancel" autofocus>Cancel</button>
        <button class="button button-primary" value="act">${action}</button>
      </div>
    </form>`,
    dialog,
  );
  document.body.append(dialog);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(dialog.returnValue === 'act');
  });
  dialog.showModal();
  return promise;
}
