// A loop that failed stays so. The same input under a new name is a new loop.
import type { OperationInput } from '@holdpoint/protocol';
import { html, render } from 'lit';
import { apiCall } from '../api-call.ts';

/** `invoice-7` → `invoice-7-2` → `invoice-7-3`, within the 63 characters that a name may have. */
export function nextName(name: string): string {
  const [, stem = name, count] = /^(.*?)-(\d{1,3})$/.exec(name) ?? [];
  const suffix = `-${count === undefined ? 2 : Number(count) + 1}`;
  return `${(count === undefined ? name : stem).slice(0, 63 - suffix.length).replace(/-+$/, '')}${suffix}`;
}

/** @returns the name that the new loop is to have; undefined when nothing is to be started */
export function askStartAgain(
  name: string,
  inputFor: (name: string) => OperationInput<'StartHumanLoop'>,
): Promise<string | undefined> {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  let chosen = nextName(name);
  const draw = (): unknown =>
    render(
      html`<form method="dialog">
        <h2 id="dialog-title">Start again under a new name</h2>
        <p>The same input is given to the same flow definition as it is now. This loop stays as it is.</p>
        <label>Name of the new loop
          <input type="text" name="name" required maxlength="63" pattern="[A-Za-z0-9](-*[A-Za-z0-9])*" title="Letters, digits and inner hyphens"
            .value=${chosen} @input=${(event: Event) => {
              chosen = (event.target as HTMLInputElement).value;
              draw();
            }} /></label>
        ${apiCall('StartHumanLoop', shortened(inputFor(chosen)))}
        <div class="row row-end">
          <button class="button" value="cancel" formnovalidate>Cancel</button>
          <button class="button button-primary" value="confirm">Start</button>
        </div>
      </form>`,
      dialog,
    );
  draw();
  document.body.append(dialog);
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(dialog.returnValue === 'confirm' ? chosen : undefined);
  });
  dialog.showModal();
  return promise;
}

/** An input may have megabytes. */
function shortened(input: OperationInput<'StartHumanLoop'>): OperationInput<'StartHumanLoop'> {
  const { InputContent } = input.HumanLoopInput;
  if (InputContent.length <= 2000) return input;
  return { ...input, HumanLoopInput: { InputContent: `${InputContent.slice(0, 2000)}…` } };
}
