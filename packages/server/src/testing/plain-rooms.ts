import type { Clock } from '../clock.ts';
import type { Installation, Rooms } from '../context.ts';

type PlainRooms = Pick<
  Rooms,
  'quotas' | 'retentionDays' | 'activityDays' | 'presign' | 'linkSecret' | 'forget' | 'tryEventTarget' | 'stopping'
>;

/** What rooms have in tests that are about something else. */
export const plainRooms = ({ publicUrl, region }: Installation, clock: Clock): PlainRooms => ({
  quotas: { inFlightHumanLoops: 0, flowDefinitions: 0, requestsPerSecond: 0 },
  retentionDays: 30,
  activityDays: 365,
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
  stopping: new AbortController().signal,
});
