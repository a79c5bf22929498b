// The link with which a worker sets a password: mailed where the server sends mail, else shown once to be handed on.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, type TemplateResult } from 'lit';
import { mailsLinks } from '../page.ts';
import { secret } from './parts.ts';

/** As CreateWorker and ResetWorker answer it. */
export type Invitation = OperationOutput<'ResetWorker'>;

/** A box to tick, named SendInvitation, or why there is none. */
export const invitationField = (): TemplateResult =>
  mailsLinks()
    ? html`<label class="choice"><input type="checkbox" name="SendInvitation" checked />Mail the link</label>`
    : html`<p class="hint">This server sends no mail (<code>--mail-url</code>): the link is shown here, and you hand it on.</p>`;

/** What became of the invitation, in a sentence. */
export const invitationText = ({ Worker, SentTo, MailProblem }: Invitation): string => {
  if (SentTo !== undefined) return `The link is on its way to ${SentTo}.`;
  const shown = 'It is shown below, now and never again.';
  return MailProblem === undefined
    ? `The link for ${Worker.Name} is made. ${shown}`
    : `The link could not be mailed: ${MailProblem} ${shown}`;
};

/** The link, where it was not mailed. */
export const invitationPanel = ({ Worker, SetPasswordUrl }: Invitation): TemplateResult | undefined =>
  SetPasswordUrl === undefined
    ? undefined
    : html`<section class="panel made" tabindex="-1" aria-label="The invitation">
        <h2>Invite ${Worker.Name}</h2>
        <p>Send this link to ${Worker.Email}. Whoever has it sets the password, once, within seven days.</p>
        ${secret('Link', SetPasswordUrl)}
      </section>`;
