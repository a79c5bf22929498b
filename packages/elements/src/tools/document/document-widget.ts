// What a template gives a document tool: blocks, keys to look for, and what must not be changed.
import { CrowdWidget, property } from '../../base.ts';
import { type Blocks, readBlocks } from './blocks.ts';
import { type ImportantKey, readImportantKeys } from './important-keys.ts';
import { documentMessages } from './messages.ts';
import { PairBook } from './pair-book.ts';

export abstract class DocumentWidget extends CrowdWidget {
  static override readonly aliases = { ...CrowdWidget.aliases, blocktypes: 'block-types' };

  protected readonly book = new PairBook();
  #initial: unknown;
  #blocks: Blocks = readBlocks(undefined)!;
  #blockTypes: readonly unknown[] | undefined;
  #keys: readonly ImportantKey[] = [];
  #givenKeys: unknown;

  /** Keys that were read off the page cannot be changed. */
  @property({ type: Boolean, attribute: 'no-key-edit' }) noKeyEdit = false;
  /** Places on the page can be neither changed nor drawn. */
  @property({ type: Boolean, attribute: 'no-geometry-edit' }) noGeometryEdit = false;

  /** The blocks that were read off the page: a list, or a response or an answer that has one. */
  @property({ attribute: 'initial-value' })
  get initialValue(): unknown {
    return this.#initial;
  }
  set initialValue(value: unknown) {
    this.#initial = this.readJson('initial-value', value);
    const blocks = readBlocks(this.#initial);
    if (blocks === undefined) this.report('initial-value', 'neither a list of blocks nor an object with one');
    this.#blocks = blocks ?? readBlocks(undefined)!;
    this.begin();
  }

  /** Keys that the page should have: objects with `importantFormKey` and `importantFormKeyAliases`. Reading gives a fresh list. */
  @property()
  get keys(): unknown[] {
    return Array.isArray(this.#givenKeys) ? structuredClone(this.#givenKeys) : [];
  }
  set keys(keys: readonly unknown[] | string | null | undefined) {
    this.#givenKeys = this.readJson('keys', keys);
    const read = readImportantKeys(this.#givenKeys);
    if (read === undefined) this.report('keys', 'it is no list');
    this.#keys = read ?? [];
    this.begin();
  }

  /** The types of blocks to review; there is one only, `KEY_VALUE_SET`. Reading gives a fresh list. */
  @property({ attribute: 'block-types' })
  get blockTypes(): unknown[] {
    return [...(this.#blockTypes ?? ['KEY_VALUE_SET'])];
  }
  set blockTypes(types: readonly unknown[] | string | null | undefined) {
    const list = this.readJson('block-types', types);
    this.#blockTypes = Array.isArray(list) ? list : undefined;
    if (list !== undefined && list !== null && !Array.isArray(list)) this.report('block-types', 'it is no list');
    const others = (this.#blockTypes ?? []).filter((type) => type !== 'KEY_VALUE_SET').map(String);
    if (others.length > 0)
      this.report(
        'block-types',
        `${others.join(', ')} cannot be reviewed`,
        documentMessages.otherTypes(others.join(', ')),
      );
  }

  /** All pairs are as they were given. */
  protected abstract begun(): void;

  protected begin(): void {
    const { unreadable, repeated } = this.#blocks;
    const misplaced = this.book.begin(this.#blocks, this.#keys);
    this.begun();
    this.drafts.begunAnew();
    const faults = [
      ...(unreadable > 0 ? [documentMessages.leftOut(unreadable)] : []),
      ...(repeated[0] !== undefined ? [documentMessages.repeatedIds(repeated[0])] : []),
      ...(misplaced > 0 ? [documentMessages.misplaced(misplaced)] : []),
    ];
    if (faults.length > 0) this.report('initial-value', faults.join(' '), faults.join(' '));
  }

  protected override get beginsAnew(): boolean {
    return true;
  }

  protected override restore(): void {
    this.begin();
  }
}
