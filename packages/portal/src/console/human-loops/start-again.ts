// A loop that failed stays so. The same input under a new name is a new loop.
import type { OperationInput } from '@holdpoint/protocol';
import { html } from 'lit';
import { apiCall } from '../api-call.ts';
import { confirm } from '../english.ts';
import { nextName } from '../names.ts';

/** @returns the name that the new loop is to have; undefined when nothing is to be started */
export async function askStartAgain(
  name: string,
  inputFor: (name: string) => OperationInput<'StartHumanLoop'>,
): Promise<string | undefined> {
  let chosen = nextName(name);
  const isMeant = await confirm({
    title: 'Start again under a new name',
    text: 'The same input is given to the same flow definition as it is now. This loop stays as it is.',
    action: 'Start',
    more: (redraw) => html`<label>Name of the new loop
        <input type="text" name="name" required maxlength="63" pattern="[A-Za-z0-9](-*[A-Za-z0-9])*" title="Letters, digits and inner hyphens"
          autofocus .value=${chosen} @input=${(event: Event) => {
            chosen = (event.target as HTMLInputElement).value;
            redraw();
          }} /></label>
      ${apiCall('StartHumanLoop', shortened(inputFor(chosen)))}`,
  });
  return isMeant ? chosen : undefined;
}

/** An input may have megabytes. */
function shortened(input: OperationInput<'StartHumanLoop'>): OperationInput<'StartHumanLoop'> {
  const { InputContent } = input.HumanLoopInput;
  if (InputContent.length <= 2000) return input;
  return { ...input, HumanLoopInput: { InputContent: `${InputContent.slice(0, 2000)}…` } };
}
