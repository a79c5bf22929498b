import type { Mail } from './mailer.ts';

/**
 * The mail that says that tasks wait. It names neither flows nor loops: mail is read on the way. Its links only lead to
 * pages; what they offer is done there by a button (and by mail programs as RFC 8058 describes).
 *
 * @param sentence "3 tasks are waiting"
 */
export function waitingMail(input: {
  readonly to: string;
  readonly sentence: string;
  readonly publicUrl: string;
  readonly unsubscribe: string;
}): Mail {
  const { to, sentence, publicUrl, unsubscribe } = input;
  const tasks = `${publicUrl}/portal`;
  const notices = `${publicUrl}/portal/notices`;
  return {
    to,
    subject: `${sentence} for you`,
    text: [
      `${sentence} for you.`,
      '',
      `Go to the tasks: ${tasks}`,
      '',
      `How often such a mail comes: ${notices}`,
      `No such mail any more: ${unsubscribe}`,
      '',
    ].join('\n'),
    html: `<!doctype html>
<html lang="en"><body style="font: 16px/1.5 system-ui, sans-serif">
<p>${sentence} for you.</p>
<p><a href="${escaped(tasks)}">Go to the tasks</a></p>
<p style="font-size: 14px"><a href="${escaped(notices)}">How often such a mail comes</a> ·
<a href="${escaped(unsubscribe)}">No such mail any more</a></p>
</body></html>
`,
    headers: {
      'List-Unsubscribe': `<${unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
    },
  };
}

const escaped = (url: string): string => url.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
