import type { OperationOutput } from '@holdpoint/protocol';
import type { Call } from '../api-command.ts';
import { formatFacts } from '../facts.ts';
import { formatTable, minuteOf } from '../table.ts';

type Workforce = OperationOutput<'DescribeWorkforce'>['Workforce'];

export const listWorkforces: Call<unknown> = async ({ client }) => {
  const output = await client.call('ListWorkforces', {});
  const rows = output.Workforces.map((workforce) => [
    workforce.WorkforceName,
    workforce.Status ?? '',
    directoryOf(workforce),
    workforce.SubDomain ?? '',
  ]);
  const headings = ['NAME', 'STATUS', 'DIRECTORY', 'PORTAL'];
  return { output, text: formatTable(headings, rows, 'There is no workforce.') };
};

export const showWorkforce: Call<unknown> = async ({ client }, name = '') => {
  const output = await client.call('DescribeWorkforce', { WorkforceName: name });
  const { Workforce } = output;
  const { SourceIpConfig, CreateDate, LastUpdatedDate } = Workforce;
  const text = formatFacts([
    ['Name', Workforce.WorkforceName],
    ['ARN', Workforce.WorkforceArn],
    ['Status', Workforce.Status],
    ['Reason', Workforce.FailureReason],
    ['Directory', directoryOf(Workforce)],
    ['Portal', Workforce.SubDomain],
    ['Addresses', SourceIpConfig?.Cidrs.join('\n') || 'all'],
    ['Created', CreateDate && minuteOf(CreateDate)],
    ['Changed', LastUpdatedDate && minuteOf(LastUpdatedDate)],
  ]);
  return { output, text };
};

const directoryOf = ({ CognitoConfig, OidcConfig }: Workforce): string =>
  CognitoConfig ? `user pool ${CognitoConfig.UserPool}` : `OpenID Connect ${OidcConfig?.Issuer ?? ''}`.trim();
