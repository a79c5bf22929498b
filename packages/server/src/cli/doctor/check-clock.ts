import { ask } from './ask.ts';
import { asSentence, type Check, failed, ok, warning } from './check.ts';
import type { Route } from './route.ts';

const name = 'ClockDifference';
/** Milliseconds: beyond the first somebody should look, beyond the second signatures of most programs are refused. */
const noticeable = 60_000;
const refused = 900_000;

/** Compares the clocks by what every answer of a server tells; sees on the way whether it is one of ours. */
export async function checkClock({ url, ca }: Route): Promise<readonly Check[]> {
  try {
    const begun = Date.now();
    const reply = await ask(new URL('/healthz', url), { ca, trustAnybody: true });
    const ended = Date.now();
    if (reply.body !== 'ok')
      return [
        failed(
          'Answer',
          `What answers at ${url.origin} is no Holdpoint server (status ${reply.status}).`,
          'Correct the address; a proxy in front must lead all paths to the server.',
        ),
      ];
    const date = Date.parse(reply.headers.date ?? '');
    if (Number.isNaN(date)) return [];
    return [judge(differenceOf(date, begun, ended))];
  } catch (error) {
    return [failed('Answer', asSentence(`The server gives no answer (${(error as Error).message})`))];
  }
}

/** Milliseconds by which the server is ahead, as far as its whole seconds and the journey can tell. */
function differenceOf(date: number, begun: number, ended: number): number {
  if (date > ended) return date - ended;
  if (date + 1000 < begun) return date + 1000 - begun;
  return 0;
}

function judge(difference: number): Check {
  const seconds = Math.round(Math.abs(difference) / 1000);
  if (seconds === 0) return ok(name, 'The clocks of this machine and of the server agree.');
  const message = `The clock of the server is ${seconds} s ${difference > 0 ? 'ahead of' : 'behind'} this machine's.`;
  const advice = 'Set both by a time server.';
  if (Math.abs(difference) >= refused) return failed(name, `${message} Signed requests are refused.`, advice);
  return Math.abs(difference) >= noticeable ? warning(name, message, advice) : ok(name, message);
}
