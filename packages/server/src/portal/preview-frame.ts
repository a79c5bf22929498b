/**
 * GET /portal/preview?bucket=…: the frame in which the console shows a template that is being written. It comes empty, with
 * the headers of a task's page, and the page of our own around it hands it the document that `PreviewUiTemplate` made. So
 * nobody's template is ever answered at an address, and whoever opens this one gets nothing.
 */
import type { Reply } from '../context.ts';
import { frameHeaders, frameSourceOf } from '../templates/frame-policy.ts';
import { ownOrigins } from './same-origin.ts';
import type { Visit } from './visit.ts';

/** As many as a task's page names at most. */
const mostBuckets = 50;

/** Takes one document, from the page around it only, and is gone with it. */
const emptyDocument = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Task</title></head>
<body>
<script>
if (parent !== window) {
  addEventListener('message', function take(event) {
    if (event.source !== parent || event.data === null || typeof event.data.page !== 'string') return;
    removeEventListener('message', take);
    const page = event.data.page;
    document.open();
    document.write(page);
    document.close();
  });
  parent.postMessage({ holdpoint: 'empty' }, '*');
}
</script>
</body>
</html>
`;

export async function showPreviewFrame({ exchange, installation }: Visit): Promise<Reply> {
  const assetsOrigin = ownOrigins(exchange, installation.publicUrl)[0] ?? installation.publicUrl;
  const buckets = new URLSearchParams(exchange.rawQuery).getAll('bucket').slice(0, mostBuckets);
  const dataSources = buckets.flatMap((bucket) => frameSourceOf(assetsOrigin, bucket) ?? []);
  return { status: 200, headers: frameHeaders({ assetsOrigin, dataSources }), body: emptyDocument };
}
