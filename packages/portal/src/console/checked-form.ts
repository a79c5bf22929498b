// A form that is checked here before it is sent: what is wrong is said at its field, and what was typed stays.
import type { PageElement } from '../page.ts';
import { ConsoleError } from './console-api.ts';
import type { FieldErrors } from './field-errors.ts';
import { sentenceAtForm } from './form-refusal.ts';

export interface Sent {
  /** What is wrong already; nothing is sent then. */
  readonly problems: FieldErrors;
  readonly work: () => Promise<unknown>;
  /** The field that a refusal of the server is about; '' for the whole form. */
  readonly fieldOf?: (refusal: ConsoleError) => string;
}

export interface CheckedForm {
  readonly errors: FieldErrors;
  readonly isBusy: boolean;
  /** Sends once at a time. What is wrong is shown at once, and the focus goes to the first field of it. */
  submit(event: Event, sent: Sent): Promise<void>;
}

/** @param host is drawn anew when `errors` or `isBusy` are others */
export function createForm(host: PageElement): CheckedForm {
  let errors: FieldErrors = {};
  let isBusy = false;

  async function show(form: HTMLElement, found: FieldErrors): Promise<void> {
    errors = found;
    host.requestUpdate();
    await host.updateComplete;
    const invalid = form.querySelector<HTMLElement>('[aria-invalid="true"]');
    for (let around = invalid?.closest('details'); around; around = around.parentElement?.closest('details'))
      around.open = true;
    invalid?.focus();
  }

  return {
    get errors() {
      return errors;
    },
    get isBusy() {
      return isBusy;
    },
    async submit(event, { problems, work, fieldOf = () => '' }) {
      event.preventDefault();
      if (isBusy) return;
      const form = event.target as HTMLFormElement;
      if (Object.keys(problems).length > 0) return show(form, problems);
      errors = {};
      isBusy = true;
      host.requestUpdate();
      try {
        await work();
      } catch (error) {
        const field = error instanceof ConsoleError ? fieldOf(error) : '';
        await show(form, { [field]: sentenceAtForm(error) });
      } finally {
        isBusy = false;
        host.requestUpdate();
      }
    },
  };
}
