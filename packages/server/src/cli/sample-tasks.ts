/** The sample tasks: one about text, one about an image, one with a form; they use what A2I templates use most. */

export interface SampleTask {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly template: string;
  readonly inputs: readonly unknown[];
  readonly usesImage?: boolean;
}

const script = '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>';

const textTemplate = `${script}
<crowd-form>
  <crowd-classifier
    name="sentiment"
    categories="['Positive', 'Negative', 'Neutral', 'Mixed']"
    initial-value="{{ task.input.initialValue }}"
    header="What sentiment does this text convey?"
  >
    <classification-target>{{ task.input.taskObject }}</classification-target>
    <full-instructions header="Sentiment of customer messages">
      <p><strong>Positive</strong>: joy, thanks, recommendation.</p>
      <p><strong>Negative</strong>: anger, disappointment, complaint.</p>
      <p><strong>Neutral</strong>: facts without feelings.</p>
      <p><strong>Mixed</strong>: good and bad in the same message.</p>
    </full-instructions>
    <short-instructions>Choose the feeling that the writer expresses. The model's guess is selected already; correct it where it is wrong.</short-instructions>
  </crowd-classifier>
</crowd-form>`;

const imageTemplate = `${script}
<crowd-form>
  <crowd-classifier-multi-select
    name="findings"
    categories="['Total is readable', 'Date is readable', 'Merchant is readable', 'Tax is listed']"
    exclusion-category="{ text: 'None of these' }"
    header="Which parts of this receipt can be used?"
  >
    <classification-target>
      <img src="{{ task.input.image | grant_read_access }}" alt="The receipt" style="max-width: 100%; max-height: 60vh" />
    </classification-target>
    <full-instructions header="Reading receipts">
      <p>Tick everything that a person can read without guessing.</p>
    </full-instructions>
    <short-instructions>Tick all that apply.</short-instructions>
  </crowd-classifier-multi-select>
</crowd-form>`;

const formTemplate = `${script}
<style>
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; margin: 0 0 1rem }
  dt { font-weight: 600 }
  dd { margin: 0 }
  label { display: block; margin: 1rem 0 0.25rem }
</style>
<crowd-form>
  <short-instructions>Check what was read from the invoice, correct it, and say whether it can be paid.</short-instructions>
  <h2>Invoice from {{ task.input.supplier }}</h2>
  <dl>
    {% for field in task.input.fields %}<dt>{{ field.name }}</dt><dd>{{ field.value }} ({{ field.confidence | times: 100 | round }} % sure)</dd>{% endfor %}
  </dl>
  {% for field in task.input.fields %}
  <crowd-input name="{{ field.name }}" label="{{ field.name }}" value="{{ field.value }}" required></crowd-input>
  {% endfor %}
  <label for="decision">Decision</label>
  <select id="decision" name="decision" required>
    <option value="">Choose…</option>
    <option value="pay">Pay</option>
    <option value="ask">Ask the supplier</option>
    <option value="reject">Reject</option>
  </select>
  <crowd-text-area name="comment" label="Comment (optional)" rows="3"></crowd-text-area>
  <crowd-checkbox name="checked" value="amounts">I compared all amounts</crowd-checkbox>
</crowd-form>`;

export const sampleTasks: readonly SampleTask[] = [
  {
    name: 'sample-text',
    title: 'Sentiment of a customer message',
    description: 'Read a short message and choose the feeling it expresses',
    template: textTemplate,
    inputs: [
      {
        taskObject: 'The parcel came a day early and everything was packed with care. Thank you!',
        initialValue: 'Positive',
      },
      { taskObject: 'The new app looks great, but I was charged twice and nobody answers.', initialValue: 'Positive' },
      { taskObject: 'My order number is 4711 and the delivery address has changed.', initialValue: 'Neutral' },
    ],
  },
  {
    name: 'sample-image',
    title: 'Can this receipt be used?',
    description: 'Look at a scanned receipt and tick what is readable',
    template: imageTemplate,
    inputs: [{ image: 's3://holdpoint/samples/receipt.svg' }],
    usesImage: true,
  },
  {
    name: 'sample-form',
    title: 'Check an invoice',
    description: 'Correct what was read from an invoice and decide about its payment',
    template: formTemplate,
    inputs: [
      {
        supplier: 'Northwind Paper',
        fields: [
          { name: 'Invoice number', value: 'NP-2031', confidence: 0.99 },
          { name: 'Date', value: '2026-10-02', confidence: 0.97 },
          { name: 'Total', value: '1,284.00', confidence: 0.62 },
        ],
      },
      {
        supplier: 'Blue Harbour Logistics',
        fields: [
          { name: 'Invoice number', value: '88-104', confidence: 0.91 },
          { name: 'Date', value: '2026-09-31', confidence: 0.44 },
          { name: 'Total', value: '310.50', confidence: 0.95 },
        ],
      },
    ],
  },
];

/** A receipt, drawn. */
export const sampleImage = `<svg xmlns="http://www.w3.org/2000/svg" width="420" height="560" viewBox="0 0 420 560" font-family="monospace" font-size="18" fill="#222">
<rect width="420" height="560" fill="#d9d4c8"/>
<path d="M40 30h340v500l-17-10-17 10-17-10-17 10-17-10-17 10-17-10-17 10-17-10-17 10-17-10-17 10-17-10-17 10-17-10-17 10-17-10-17 10-17-10-17 10z" fill="#fffdf7"/>
<text x="210" y="80" text-anchor="middle" font-size="26" font-weight="bold">CORNER BAKERY</text>
<text x="210" y="106" text-anchor="middle" font-size="14">12 Mill Lane</text>
<text x="64" y="160">Rye bread</text><text x="356" y="160" text-anchor="end">4.20</text>
<text x="64" y="190">Croissant x3</text><text x="356" y="190" text-anchor="end">5.40</text>
<text x="64" y="220">Coffee</text><text x="356" y="220" text-anchor="end">2.90</text>
<text x="64" y="250">Apple cake</text><text x="356" y="250" text-anchor="end">3.50</text>
<path d="M64 274h292" stroke="#222" stroke-dasharray="4 4"/>
<text x="64" y="306">Tax 7 %</text><text x="356" y="306" text-anchor="end">1.05</text>
<text x="64" y="346" font-size="24" font-weight="bold">TOTAL</text><text x="356" y="346" text-anchor="end" font-size="24" font-weight="bold">16.00</text>
<text x="64" y="410">2026-0</text><ellipse cx="150" cy="404" rx="34" ry="24" fill="#8a5a2b" opacity="0.75"/><text x="190" y="410">14:32</text>
<text x="210" y="470" text-anchor="middle" font-size="14">Thank you, see you tomorrow</text>
</svg>`;
