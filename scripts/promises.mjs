// What the portal and the console promise, a line each. The title of a test that shows one begins with its number.

export const promises = {
  R1: 'The queue says what comes next and why: held, due soon, waiting; filter, order, progress of today.',
  R2: 'Work flows: submit and next, keys, undo, own answers, drafts, more time, decline with a reason.',
  R3: 'Nothing is lost by a connection, a server or a session that ends during work.',
  R4: 'Notices in the page, by web push and by mail, as each worker sets them.',
  R5: 'Comfort: themes, text size, motion, sensitive content, keyboard, screen reader, phone, four languages.',
  S1: 'Workforces of an identity provider sign in by OpenID Connect.',
  S2: 'The built-in directory: invitations, passkeys, second factor, reset.',
  S3: 'SourceIpConfig holds for portal, tasks and presigned URLs.',
  S4: 'Sessions can be listed and ended, and end with the worker.',
  O1: 'Human loops: list, timeline, rendered task, answers side by side, stop, delete, retry.',
  O2: 'Flow definitions and human task UIs: create, clone, edit with preview and lint.',
  O3: 'Workforces, workteams, workers, access keys, event targets, tags.',
  O4: 'Numbers that people look at, and /metrics.',
  O5: 'Every change is in an append-only activity log.',
};

/** The promises that none of these titles of passed tests begins with. */
export function unkept(titles) {
  const shown = new Set(titles.map((title) => /^[RSO]\d\b/.exec(title)?.[0]));
  return Object.entries(promises).flatMap(([number, sentence]) => (shown.has(number) ? [] : [`${number} ${sentence}`]));
}
