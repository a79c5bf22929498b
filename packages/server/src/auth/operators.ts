import type { Worker } from '../domain/rows.ts';

/** Whether somebody runs the server: by role, or by a group that the identity provider says (`--operator-groups`). */
export const isOperator = (worker: Worker, operatorGroups: readonly string[]): boolean =>
  worker.role === 'operator' ||
  (worker.identity.identityProviderType === 'Oidc' && worker.groups.some((group) => operatorGroups.includes(group)));
