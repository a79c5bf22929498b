// The pages that are opened seldom, or by few: their code is fetched by those who go there, so that it is not in everybody's way to
// the next task.
import type { Route } from './navigation.ts';

const files = {
  'second-factor': () => import('./security/second-factor.ts'),
  'forgot-password': () => import('./security/forgot-password.ts'),
  link: () => import('./worker/link.ts'),
  security: () => import('./security/security.ts'),
  sessions: () => import('./worker/sessions.ts'),
  notices: () => import('./notices/notices-page.ts'),
  answers: () => import('./worker/answers.ts'),
  answer: () => import('./worker/answers.ts'),
  console: () => import('./console/console.ts'),
} satisfies { readonly [page in Route['page']]?: () => Promise<unknown> };

const here = new Set<Route['page']>();

/** Whether the code of a page is here. */
export const isHere = (page: Route['page']): boolean => !Object.hasOwn(files, page) || here.has(page);

/** Fetches it. @throws when it cannot be had: there is no connection, say, or after an upgrade its file has another name */
export async function fetchPage(page: Route['page']): Promise<void> {
  if (isHere(page)) return;
  await files[page as keyof typeof files]();
  here.add(page);
}
