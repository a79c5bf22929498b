// Why a task is not for this worker: three reasons that mean three different things.
import { html, render } from 'lit';
import type { Words } from '../words/en.ts';
import { words } from '../words/words.ts';

/** `not-now` gives the task back to the list; the others decline it. */
export interface Declining {
  readonly reason: 'not-now' | 'not-for-me' | 'cannot-answer';
  readonly note?: string;
}

const longestNote = 1000;

const reasons = ({ leave }: Words) =>
  [
    ['not-now', leave.notNow, leave.notNowHint],
    ['not-for-me', leave.notForMe, leave.notForMeHint],
    ['cannot-answer', leave.cannotAnswer, leave.cannotAnswerHint],
  ] as const;

/** Asks for the reason; resolves to undefined when Cancel or Escape was pressed. */
export function askWhyNot(): Promise<Declining | undefined> {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  const noteField = (): HTMLTextAreaElement => dialog.querySelector('textarea')!;
  const chosen = (): Declining['reason'] =>
    dialog.querySelector<HTMLInputElement>('input:checked')!.value as Declining['reason'];
  const follow = (): void => {
    noteField().closest<HTMLElement>('.decline-note')!.hidden = chosen() !== 'cannot-answer';
  };
  render(
    html`<form method="dialog">
      <h2 id="dialog-title">${words.leave.declineHeading}</h2>
      <fieldset class="reasons">
        <legend class="visually-hidden">${words.leave.reason}</legend>
        ${reasons(words).map(
          ([value, name, text]) => html`<label class="reason">
            <input type="radio" name="reason" value=${value} ?checked=${value === 'not-for-me'}
              aria-describedby="reason-${value}" @change=${follow} />
            <span>${name}</span>
            <span class="muted small" id="reason-${value}">${text}</span>
          </label>`,
        )}
      </fieldset>
      <label class="decline-note" hidden>
        <span>${words.leave.whatIsWrong}</span>
        <textarea rows="3" maxlength=${longestNote}></textarea>
      </label>
      <div class="row row-end">
        <button class="button" value="cancel" formnovalidate autofocus>${words.common.cancel}</button>
        <button class="button button-primary" value="confirm">${words.common.confirm}</button>
      </div>
    </form>`,
    dialog,
  );
  document.body.append(dialog);
  const { promise, resolve } = Promise.withResolvers<Declining | undefined>();
  dialog.addEventListener('close', () => {
    const reason = chosen();
    const note = noteField().value.trim();
    dialog.remove();
    if (dialog.returnValue !== 'confirm') return resolve(undefined);
    resolve(reason === 'cannot-answer' && note !== '' ? { reason, note } : { reason });
  });
  dialog.showModal();
  return promise;
}
