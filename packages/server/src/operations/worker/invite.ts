import type { OperationOutput } from '@holdpoint/protocol';
import { invitationMail } from '../../auth/sign-in-mails.ts';
import type { OperationContext } from '../../context.ts';
import type { Worker } from '../../domain/rows.ts';

type Invitation = Pick<OperationOutput<'ResetWorker'>, 'SetPasswordUrl' | 'SentTo' | 'MailProblem'>;

/** Mails a link, if it shall be; what cannot be mailed is answered, since nobody can find the link again. */
export async function invite(
  { mailer, log, requestId }: OperationContext,
  { emailAsGiven }: Worker,
  url: string,
  byMail: boolean | undefined,
): Promise<Invitation> {
  if (!byMail) return { SetPasswordUrl: url };
  try {
    await mailer.send({ to: emailAsGiven, ...invitationMail(url) });
    return { SentTo: emailAsGiven };
  } catch (error) {
    log.warn({ requestId, err: error }, 'an invitation could not be mailed');
    return { SetPasswordUrl: url, MailProblem: error instanceof Error ? error.message : String(error) };
  }
}
