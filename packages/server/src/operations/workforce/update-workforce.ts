import { ApiError } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { update } from '../../domain/change.ts';
import { decide } from '../decide.ts';
import { loadWorkforce, requireCidrs, requireOidcConfig, wireWorkforce } from './workforce-row.ts';

/** Changes what is given. `OidcConfig` can change only while no work team exists; an empty `WorkforceVpcConfig` removes it. */
export const updateWorkforce: OperationHandler<'UpdateWorkforce'> = async (context, input) => {
  const { WorkforceName: name, ...given } = input;
  requireCidrs(input.SourceIpConfig);
  requireOidcConfig(input.OidcConfig);
  await decide(context, async () => {
    const workforce = await loadWorkforce(context, name);
    if (input.OidcConfig !== undefined) {
      if (workforce.config.CognitoConfig !== undefined)
        throw new ApiError('ValidationException', 'The workforce uses CognitoConfig; OidcConfig cannot be set.');
      if ((await context.store.allWorkteams()).length > 0)
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
