import { operations } from '@holdpoint/protocol';
import { expect, test } from 'vitest';
import { toldInput } from './told-input.ts';

test.each([
  ['ImportAccessKey', { AccessKeyId: 'AKIA', SecretAccessKey: 'secret' }, { AccessKeyId: 'AKIA' }],
  ['CreateWorker', { Email: 'a@b', Password: 'secret' }, { Email: 'a@b' }],
  [
    'UpdateWorkforce',
    { WorkforceName: 'default', OidcConfig: { ClientId: 'id', ClientSecret: 'secret', Scope: 'openid' } },
    { WorkforceName: 'default', OidcConfig: { ClientId: 'id', Scope: 'openid' } },
  ],
  [
    'CreateEventTarget',
    {
      Url: 'https://user:secret@example.com/services/secret?token=secret',
      Endpoint: 'http://user:secret@localhost:4566',
      Statuses: ['Failed'],
    },
    { Url: 'https://example.com', Endpoint: 'http://localhost:4566', Statuses: ['Failed'] },
  ],
  ['StartHumanLoop', { HumanLoopInput: { InputContent: 'secret' } }, null],
  [
    'CreateHumanTaskUi',
    { HumanTaskUiName: 'ui', UiTemplate: { Content: 'x'.repeat(5000) } },
    { HumanTaskUiName: 'ui', UiTemplate: { Content: '… (5000 characters)' } },
  ],
  [
    'SetWorkerWorkteams',
    { Email: 'a@b', Workteams: Array(22).fill('t') },
    { Email: 'a@b', Workteams: [...Array(20).fill('t'), '… and 2 more'] },
  ],
] as const)('O5 the log tells of %s what was asked and no secret', (name, input, told) => {
  expect(toldInput(operations[name].input, input)).toEqual(told);
});
