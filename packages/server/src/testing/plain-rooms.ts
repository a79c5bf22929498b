import { createAiServices } from '../ai-services/create-ai-services.ts';
import { hashing } from '../auth/hashing.ts';
import type { Clock } from '../clock.ts';
import type { Installation, Rooms } from '../context.ts';
import { createMailer } from '../mail/mailer.ts';
import { createPush } from '../push/push.ts';
import { newVapidKey } from '../push/vapid.ts';

type PlainRooms = Pick<
  Rooms,
  | 'quotas'
  | 'retentionDays'
  | 'activityDays'
  | 'presign'
  | 'linkSecret'
  | 'forget'
  | 'tryEventTarget'
  | 'aiServices'
  | 'pictures'
  | 'mailer'
  | 'push'
  | 'stopping'
>;

const vapidKey = newVapidKey();

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
  aiServices: createAiServices({
    endpoints: { textract: '', rekognition: '' },
    region,
    timeoutMs: 1000,
    hashing,
    clock,
  }),
  pictures: {
    hasBucket: async () => false,
    read: async () => undefined,
    placeOf: () => ({ bucket: 'holdpoint', key: 'picture' }),
    keep: async () => {},
  },
  mailer: createMailer({ url: '', from: '' }),
  push: createPush({ vapidKey, subject: 'mailto:reviews@example.com', allowPrivateTargets: false, clock }),
  stopping: new AbortController().signal,
});
