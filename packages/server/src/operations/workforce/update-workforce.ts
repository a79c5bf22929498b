import { ApiError } from '@holdpoint/protocol';
import { isAllowedAddress } from '../../auth/source-addresses.ts';
import type { Caller, OperationHandler } from '../../context.ts';
import { update } from '../../domain/change.ts';
import { decide } from '../decide.ts';
import { currentWorkteams } from '../workteam/current-workteams.ts';
import { loadWorkforce, requireCidrs, requireOidcConfig, wireWorkforce } from './workforce-row.ts';

/** Changes what is given. `OidcConfig` can change only while no work team exists; an empty `WorkforceVpcConfig` removes it. */
export const updateWorkforce: OperationHandler<'UpdateWorkforce'> = async (context, input) => {
  const { WorkforceName: name, ...given } = input;
  requireCidrs(input.SourceIpConfig);
  requireOidcConfig(input.OidcConfig);
  requireWayIn(context.caller, input.SourceIpConfig);
  await decide(context, async () => {
    const workforce = await loadWorkforce(context, name);
    if (input.OidcConfig !== undefined) {
      if (workforce.config.CognitoConfig !== undefined)
        throw new ApiError('ValidationException', 'The workforce uses CognitoConfig; OidcConfig cannot be set.');
      if ((await currentWorkteams(context.store)).length > 0)
        throw new ApiError(
          'ConflictException',
          'OidcConfig can be updated only while the workforce has no work teams.',
        );
    }
    const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    return {
      changes: [update('workforces', workforce, { config: { ...workforce.config, ...set }, updatedAt: context.now })],
    };
  });
  return { Workforce: wireWorkforce(context, await loadWorkforce(context, name)) };
};

/** An operator in the console would lose it with the reply. */
function requireWayIn({ clientAddress }: Caller, config: { readonly Cidrs: readonly string[] } | undefined): void {
  if (clientAddress === undefined || !config || isAllowedAddress({ config: { SourceIpConfig: config } }, clientAddress))
    return;
  throw new ApiError(
    'ValidationException',
    `SourceIpConfig would lock you out: you come from ${clientAddress}, which is in none of its blocks.`,
  );
}
