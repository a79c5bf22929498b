/** What is said around a start of many loops, besides each line's own sentence. */
import { formatDuration } from '../../duration.ts';
import { sentenceOf } from '../../failure.ts';
import { nextCommand } from '../../next-command.ts';
import { printable } from '../../table.ts';
import type { StartOptions } from '../start-options.ts';
import type { FailedLoop } from './failed-loops.ts';
import type { Plan } from './plan.ts';
import type { Report } from './report.ts';

export const aboutNames = ({ fields, source }: Plan): string =>
  `Loops of these names were there before: they are named ${fields.prefix}-1 and so on, by the name of ${source.name} and the numbers of its lines; --prefix gives other names.`;

export function aboutFailed({ name, reason }: FailedLoop, count: number, options: StartOptions): string {
  const which = count === 1 ? 'One loop has' : `${count.toLocaleString('en-US')} loops have`;
  const why = `${printable(name)}${reason === '' ? '' : `: ${printable(reason.replace(/\.$/, ''))}`}`;
  const remove = nextCommand(`loop delete ${name}`, options);
  return `${which} failed already, so that nobody is asked (${why}). Correct the template or the input, delete them, as in "${remove}", and run the same command again.`;
}

/** What is said while the server cannot be reached or asks for fewer requests: the latter once, since it may go on. */
export function troubles(report: Report, { patience }: Plan) {
  let isUnreachable = false;
  let isSlowed = false;
  return {
    onTrouble(error: Error & { readonly statusCode?: number | undefined }, unreachable: boolean) {
      isUnreachable = unreachable;
      const what = (error.statusCode ?? 0) >= 500 ? 'has errors' : 'asks for fewer requests';
      if (unreachable) report.tell(`${sentenceOf(error)} Waiting for it, ${formatDuration(patience / 1000)} at most.`);
      else if (!isSlowed)
        report.tell(`The server ${what} (${error.message.replace(/\.$/, '')}); going on more slowly.`);
      isSlowed ||= !unreachable;
    },
    onRecovery() {
      if (isUnreachable) report.tell('The server answers again.');
    },
  };
}
