// The installation: how the server itself is doing.
import { createHoldpointClient } from '@holdpoint/client';

const holdpoint = createHoldpointClient();

// #region CheckInstallation
const { Version, PublicUrl, Checks } = await holdpoint.checkInstallation();
console.log(`Holdpoint ${Version} at ${PublicUrl}`);
for (const { Name, Status, Message, Advice } of Checks) {
  console.log(`${Status} ${Name}: ${Message} ${Advice ?? ''}`);
}
// #endregion CheckInstallation
