import type { Clock } from '../clock.ts';
import type { Installation, Rooms } from '../context.ts';
import { createMailer } from '../mail/mailer.ts';

type PlainRooms = Pick<
  Rooms,
  'quotas' | 'retentionDays' | 'presign' | 'linkSecret' | 'forget' | 'tryEventTarget' | 'mailer' | 'stopping'
>;

/** What rooms have in tests that are about something else. */
export const plainRooms = ({ publicUrl, region }: Installation, clock: Clock): PlainRooms => ({
  quotas: { inFlightHumanLoops: 0, flowDefinitions: 0, requestsPerSecond: 0 },
  retentionDays: 30,
  presign: (expiresInSeconds) => ({
    endpoint: publicUrl,
    region,
    accessKeyId: 'HPINTERNAL',
    secretAccessKey: 'secret',
    expiresInSeconds,
    now: clock.now(),
  }),
  linkSecret: 'link-secret',
  forget: () => {},
  tryEventTarget: async () => ({}),
  mailer: createMailer({ url: '', from: '' }),
  stopping: new AbortController().signal,
});
