// Before something is done to human loops: what it means, and the same as a call of the API.
import type { OperationInput, OperationName } from '@holdpoint/protocol';
import { html, render } from 'lit';
import { apiCall } from '../api-call.ts';

export interface Question<Name extends OperationName> {
  readonly title: string;
  readonly text: string;
  /** What the button says. */
  readonly action: string;
  readonly isHarsh?: boolean;
  readonly operation: Name;
  readonly input: OperationInput<Name>;
}

/** A modal dialog; the focus is on Cancel, and Escape means no. */
export function ask<Name extends OperationName>(question: Question<Name>): Promise<boolean> {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  dialog.setAttribute('aria-describedby', 'dialog-text');
  render(
    html`<form method="dialog">
      <h2 id="dialog-title">${question.title}</h2>
      <p id="dialog-text">${question.text}</p>
      ${apiCall(question.operation, question.input)}
      <div class="row row-end">
        <button class="button" value="cancel" autofocus>Cancel</button>
        <button class="button ${question.isHarsh ? 'button-harsh' : 'button-primary'}" value="confirm">${question.action}</button>
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
