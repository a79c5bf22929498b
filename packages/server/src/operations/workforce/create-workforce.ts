import { ApiError, workforceArn } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { insert } from '../../domain/change.ts';
import { tagsOf } from '../../domain/tags.ts';
import { decide } from '../decide.ts';
import { requireCidrs, requireOidcConfig } from './workforce-row.ts';

/** There is one workforce per account and region; the constant id makes the store refuse a second one. */
export const onlyWorkforceId = 'workforce';

/** Creates the workforce. Cognito's people are in the built-in directory, OIDC's are those of the provider. */
export const createWorkforce: OperationHandler<'CreateWorkforce'> = async (context, input) => {
  const { WorkforceName: name, Tags, ...config } = input;
  if ((input.CognitoConfig === undefined) === (input.OidcConfig === undefined))
    throw new ApiError('ValidationException', 'Specify exactly one of CognitoConfig and OidcConfig.');
  requireCidrs(input.SourceIpConfig);
  requireOidcConfig(input.OidcConfig);
  const tags = tagsOf(Tags);
  await decide(context, async () => {
    if ((await context.store.workforces()).length > 0)
      throw new ApiError(
        'ValidationException',
        `Cannot create more than one workforce for account ${context.installation.accountId}. If you are trying to update existing workforce, please use UpdateWorkforce API`,
      );
    return {
      changes: [
        insert('workforces', {
          id: onlyWorkforceId,
          name,
          config,
          tags,
          createdAt: context.now,
          updatedAt: context.now,
        }),
      ],
    };
  });
  return { WorkforceArn: workforceArn(context.installation, name) };
};
