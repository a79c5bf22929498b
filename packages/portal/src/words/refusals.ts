// What the server says, in the language of the page. It speaks English, and says a code with each sentence: a sentence that is
// known is translated as it is, of an unknown one the code is, where that tells all. Else it stays English: better than nothing.
import type { PortalErrorCode } from '@holdpoint/protocol';
import { english } from './en.ts';
import { words } from './words.ts';

/** As `portal-error.ts` has them, which asks here. */
type FailureCode = PortalErrorCode | 'unreachable';
type Refusals = typeof english.refusals;
type Sentence = { [Key in keyof Refusals]: Refusals[Key] extends string ? Key : never }[keyof Refusals];

const keys = new Map<string, Sentence>(
  Object.entries(english.refusals).flatMap(([key, text]) =>
    typeof text === 'string' ? [[text, key as Sentence] as const] : [],
  ),
);

/** Sentences with something in them. */
const patterns: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/report request (.+)\.$/, (request) => words.refusals.internal(request)],
  [
    /^Too many attempts to sign in\. Please try again in (a|\d+) minutes?,/,
    (count) => words.refusals.tooManyAttempts(count === 'a' ? 1 : Number(count)),
  ],
  [/^Please choose a password of at least (\d+) characters\.$/, (least) => words.refusals.passwordShort(Number(least))],
  [/^Please choose a password of at most (\d+) characters\.$/, (most) => words.refusals.passwordLong(Number(most))],
  [/^This answer is too large; at most (.+) can be submitted\.$/, (size) => words.refusals.answerLargerThan(size)],
  [/^A mail is on its way to (.+)\.$/, (email) => words.refusals.mailSent(email)],
  [
    /^A push message is on its way to (one|\d+) browsers?\.$/,
    (count) => words.refusals.pushSent(count === 'one' ? 1 : Number(count)),
  ],
  [/^The push message was not taken: (.+)$/, (reason) => words.refusals.pushRefused(reason)],
  [/^This task is not yours any more( \(\w+\))\.$/, () => words.refusals.notYoursAnyMore],
];

/** Codes that say all there is to say. */
const byCode: { readonly [Code in FailureCode]?: Sentence } = {
  'signed-out': 'signedOut',
  'wrong-credentials': 'wrongCredentials',
  'link-invalid': 'linkInvalid',
  'task-taken': 'taskTaken',
  'time-over': 'timeOver',
  'try-again': 'tryAgain',
  unreachable: 'unreachable',
};

/** What was refused, as the worker reads it. */
export function refusalText(code: FailureCode, sentence: string): string {
  if (words.language === 'en') return sentence;
  return known(sentence) ?? ofCode(code) ?? sentence;
}

/** What else the server says to a worker. */
export const serverText = (sentence: string): string =>
  words.language === 'en' ? sentence : (known(sentence) ?? sentence);

function known(sentence: string): string | undefined {
  const key = keys.get(sentence);
  if (key !== undefined) return words.refusals[key];
  for (const [pattern, translated] of patterns) {
    const found = pattern.exec(sentence)?.[1];
    if (found !== undefined) return translated(found);
  }
  return undefined;
}

const ofCode = (code: FailureCode): string | undefined => {
  const key = byCode[code];
  return key && words.refusals[key];
};
