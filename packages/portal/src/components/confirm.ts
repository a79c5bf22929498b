// A question in a native dialog.
import { html, render } from 'lit';
import { words } from '../words/words.ts';

export interface Question {
  title: string;
  text: string;
}

/** Asks before something that cannot be undone; resolves to whether Confirm was pressed. Escape means no. */
export function confirm({ title, text }: Question): Promise<boolean> {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  dialog.setAttribute('aria-describedby', 'dialog-text');
  render(
    html`<form method="dialog">
      <h2 id="dialog-title">${title}</h2>
      <p id="dialog-text">${text}</p>
      <div class="row row-end">
        <button class="button" value="cancel" autofocus>${words.common.cancel}</button>
        <button class="button button-primary" value="confirm">${words.common.confirm}</button>
      </div>
    </form>`,
    dialog,
  );
  document.body.append(dialog);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(dialog.returnValue === 'confirm');
  });
  dialog.showModal();
  return promise;
}
