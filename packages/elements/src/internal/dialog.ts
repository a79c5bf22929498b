import { html, type TemplateResult } from 'lit';
import { icon } from './icons.ts';
import { messages } from './messages.ts';

interface DialogParts {
  readonly id: string;
  readonly title: string;
  readonly body: unknown;
  /** Further content between the title and the body, such as tabs. */
  readonly head?: unknown;
  /** A further class of the dialog. */
  readonly kind?: string;
}

/** A modal dialog of an element's shadow tree; the browser gives it Esc, the focus trap and the way back. */
export function renderDialog({ id, title, body, head, kind = '' }: DialogParts): TemplateResult {
  return html`<dialog
    id=${id}
    class="awsui-modal-dialog ${kind}"
    part="dialog"
    aria-labelledby="${id}-title"
    @click=${(event: MouseEvent) => {
      // Only a click on the backdrop has the dialog itself as its innermost target and lies outside of it.
      if (event.composedPath()[0] === event.currentTarget && isOutside(event)) close(event);
    }}
    @close=${(event: Event) => event.stopPropagation()}
  >
    <div class="dialog-head">
      <h2 id="${id}-title" class="dialog-title">${title}</h2>
      <button class="close" type="button" aria-label=${messages.close} @click=${close}>${icon('close')}</button>
    </div>
    ${head}
    <div class="dialog-body" tabindex="0" role="region" aria-labelledby="${id}-title">${body}</div>
  </dialog>`;
}

export function openDialog(root: ParentNode | null, id: string): void {
  const dialog = root?.querySelector<HTMLDialogElement>(`#${id}`);
  if (dialog && !dialog.open) dialog.showModal();
}

function close(event: Event): void {
  (event.currentTarget as Element).closest('dialog')?.close();
}

function isOutside(event: MouseEvent): boolean {
  const box = (event.currentTarget as Element).getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
