// The activity log: who changed what.
import { createHoldpointClient } from '@holdpoint/client';

const holdpoint = createHoldpointClient();
// Something to read of.
const { AccessKeyId } = await holdpoint.createAccessKey({ Description: 'Example: read the log' });
await holdpoint.revokeAccessKey({ AccessKeyId });

// #region ListActivities
const { Activities } = await holdpoint.listActivities({ ResourceType: 'access-key', MaxResults: 100 });
for (const { Time, ActorId, ClientAddress, Action, ResourceName } of Activities) {
  console.log(`${Time.toISOString()} ${ActorId} from ${ClientAddress}: ${Action} ${ResourceName}`);
}
// #endregion ListActivities
