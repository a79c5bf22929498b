// Templates before people see them, one operation after the other.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHoldpointClient } from '@holdpoint/client';

const holdpoint = createHoldpointClient();
const draft = `
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <p>{{ task.input.txt }}</p>
  <crowd-input label="Note"></crowd-input>
</crowd-form>
`;

// #region CheckUiTemplate
const { Findings } = await holdpoint.checkUiTemplate({
  UiTemplate: { Content: draft },
  Task: { Input: JSON.stringify({ text: 'I love it' }) },
});
for (const { Severity, Line, Message } of Findings) console.log(`${Severity} in line ${Line}: ${Message}`);
// #endregion CheckUiTemplate

const template = draft.replace('input.txt', 'input.text').replace('label=', 'name="note" label=');

// #region PreviewUiTemplate
const { Page, ContentSecurityPolicy, Errors } = await holdpoint.previewUiTemplate({
  UiTemplate: { Content: template },
  Task: { Input: JSON.stringify({ text: 'I love it' }) },
});
console.log(`The page has ${Errors.length} errors`);
// The policy keeps somebody else's page from doing more than a worker's browser would let it.
const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': ContentSecurityPolicy };
const preview = createServer((_request, response) => response.writeHead(200, headers).end(Page));
preview.listen(0, '127.0.0.1');
// #endregion PreviewUiTemplate

await once(preview, 'listening');
const page = await fetch(`http://127.0.0.1:${(preview.address() as AddressInfo).port}/`);
console.log((await page.text()).includes('<p>I love it</p>') ? 'It shows the text' : 'It does not show the text');
preview.close();
preview.closeAllConnections();
