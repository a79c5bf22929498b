// What the worker has chosen, for all pages; asked once.
import type { NoticeChoices, NoticesResponse } from '@holdpoint/protocol';
import { api } from '../api.ts';

let asked: Promise<NoticesResponse> | undefined;

/** What the server says; a failure is asked again the next time. */
export function notices(): Promise<NoticesResponse> {
  asked ??= api.notices().catch((error: unknown) => {
    asked = undefined;
    throw error;
  });
  return asked;
}

export async function saveChoices(choices: NoticeChoices): Promise<NoticesResponse> {
  const reply = await api.saveNotices(choices);
  asked = Promise.resolve(reply);
  return reply;
}

/** The next one at this browser may be somebody else. */
export function forgetChoices(): void {
  asked = undefined;
}

export const chosen = ({ choices, defaults }: NoticesResponse): NoticeChoices => choices ?? defaults;
