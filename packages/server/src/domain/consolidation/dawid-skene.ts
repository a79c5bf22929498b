import { assumedAccuracy } from './posterior.ts';

/** Answers in columns, those of one item side by side: ten bytes for each answer and four for each item. */
export interface LabelColumns {
  /** Where the answers of each item begin, and at the end how many answers there are. */
  readonly starts: Uint32Array;
  /** Of each answer the number of the worker. */
  readonly workers: Uint32Array;
  /** Of each answer the number of the label. */
  readonly labels: Uint16Array;
  readonly workerCount: number;
  readonly labelCount: number;
}

export interface DawidSkeneOptions {
  /**
   * So many answers each worker is taken to have given for each label beforehand, of which `assumedAccuracy` were right: who
   * has answered little is neither perfect nor hopeless. 0 is maximum likelihood, as in the paper; 1 by default.
   */
  readonly priorAnswers?: number;
  /** 50 by default. */
  readonly mostIterations?: number;
  /** Ends when the mean over all items of the logarithm of their likelihood grows by no more; 1e-5 by default. */
  readonly tolerance?: number;
}

export interface DawidSkeneModel {
  /** How often each label is the right one, adding up to 1. */
  readonly prior: Float64Array;
  /** For each worker, each right label and each given label, in this order of indices: how often it is given. */
  readonly confusion: Float64Array;
  readonly workerCount: number;
  readonly labelCount: number;
  readonly iterations: number;
  /** Natural logarithm. */
  readonly logLikelihood: number;
}

/**
 * Estimates at once which label of each item is right and how often each worker gives which label for which (Dawid & Skene, Maximum Likelihood Estimation of Observer
 * Error-Rates Using the EM Algorithm, Applied Statistics 28(1), 1979, equations 2.3 to 2.5 and 3.1). It begins with the share of
 * each label among the answers to an item, as the paper does. No probability of an item is kept between two rounds, so that
 * besides the columns it takes two confusion matrices per worker (16 bytes for each pair of labels) and nothing that grows
 * with answers or items.
 */
export function dawidSkene(columns: LabelColumns, options: DawidSkeneOptions = {}): DawidSkeneModel {
  const { starts, workers, labels, workerCount, labelCount } = columns;
  const { priorAnswers = 1, mostIterations = 50, tolerance = 1e-5 } = options;
  const items = starts.length - 1;
  const square = labelCount * labelCount;
  // By worker, given label, right label: what is added up for one answer is side by side.
  const sums = new Float64Array(workerCount * square);
  const logs = new Float64Array(workerCount * square);
  const posterior = new Float64Array(labelCount);
  const prior = new Float64Array(labelCount);
  const logPrior = new Float64Array(labelCount);
  // Labels that may be the right one of an item: as a rule few are.
  const possible = new Uint32Array(labelCount);
  let logLikelihood = Number.NEGATIVE_INFINITY;
  let iterations = 0;
  for (let growth = Number.POSITIVE_INFINITY; iterations <= mostIterations && growth > tolerance; iterations++) {
    const next = new Float64Array(labelCount);
    let sum = 0;
    sums.fill(0);
    for (let item = 0; item < items; item++) {
      const from = starts[item]!;
      const to = starts[item + 1]!;
      if (from === to) continue;
      if (iterations === 0) {
        posterior.fill(0);
        for (let at = from; at < to; at++) posterior[labels[at]!]! += 1 / (to - from);
      } else {
        posterior.set(logPrior);
        for (let at = from; at < to; at++) {
          const row = workers[at]! * square + labels[at]! * labelCount;
          for (let label = 0; label < labelCount; label++) posterior[label]! += logs[row + label]!;
        }
        sum += normalize(posterior);
      }
      let count = 0;
      for (let label = 0; label < labelCount; label++) {
        if (posterior[label]! < negligible) continue;
        next[label]! += posterior[label]!;
        possible[count++] = label;
      }
      for (let at = from; at < to; at++) {
        const row = workers[at]! * square + labels[at]! * labelCount;
        for (let index = 0; index < count; index++) sums[row + possible[index]!]! += posterior[possible[index]!]!;
      }
    }
    toLogs(sums, logs, workerCount, labelCount, priorAnswers);
    const total = next.reduce((all, each) => all + each, 0);
    for (let label = 0; label < labelCount; label++) {
      prior[label] = next[label]! / (total || 1);
      logPrior[label] = Math.log(prior[label]!);
    }
    if (iterations > 0) {
      growth = (sum - logLikelihood) / items;
      logLikelihood = sum;
    }
  }
  const confusion = sums;
  for (let worker = 0; worker < workerCount; worker++)
    for (let right = 0; right < labelCount; right++)
      for (let given = 0; given < labelCount; given++)
        confusion[worker * square + right * labelCount + given] = Math.exp(
          logs[worker * square + given * labelCount + right]!,
        );
  return { prior, confusion, workerCount, labelCount, iterations, logLikelihood };
}

/** Less is lost to rounding anyway. */
const negligible = 1e-15;

/** Makes shares of what was added up, and writes their logarithms. */
function toLogs(
  sums: Float64Array,
  logs: Float64Array,
  workerCount: number,
  labelCount: number,
  priorAnswers: number,
): void {
  const square = labelCount * labelCount;
  const right = priorAnswers * (labelCount > 1 ? assumedAccuracy : 1);
  const wrong = labelCount > 1 ? (priorAnswers - right) / (labelCount - 1) : 0;
  for (let worker = 0; worker < workerCount; worker++)
    for (let label = 0; label < labelCount; label++) {
      const base = worker * square + label;
      let total = priorAnswers;
      for (let given = 0; given < labelCount; given++) total += sums[base + given * labelCount]!;
      for (let given = 0; given < labelCount; given++) {
        const at = base + given * labelCount;
        const share = total > 0 ? (sums[at]! + (given === label ? right : wrong)) / total : 0;
        logs[at] = Math.log(share);
      }
    }
}

/** Makes probabilities of logarithms, in place; answers the logarithm of their sum. */
function normalize(logarithms: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < logarithms.length; index++) if (logarithms[index]! > most) most = logarithms[index]!;
  if (most === Number.NEGATIVE_INFINITY) {
    logarithms.fill(1 / logarithms.length);
    return most;
  }
  let sum = 0;
  for (let index = 0; index < logarithms.length; index++) {
    const each = Math.exp(logarithms[index]! - most);
    logarithms[index] = each;
    sum += each;
  }
  for (let index = 0; index < logarithms.length; index++) logarithms[index]! /= sum;
  return most + Math.log(sum);
}

/**
 * How likely each label is for one item (equation 2.5 of the paper).
 *
 * @param answers of a worker whom the model does not know, -1: right as often as is assumed of everybody.
 */
export function posteriorOfLabels(
  { prior, confusion, labelCount }: Pick<DawidSkeneModel, 'prior' | 'confusion' | 'labelCount'>,
  answers: readonly { readonly worker: number; readonly label: number }[],
): Float64Array {
  const posterior = Float64Array.from(prior, Math.log);
  const wrong = labelCount > 1 ? (1 - assumedAccuracy) / (labelCount - 1) : 1;
  for (const { worker, label } of answers)
    for (let right = 0; right < labelCount; right++)
      posterior[right]! += Math.log(
        worker < 0
          ? right === label
            ? assumedAccuracy
            : wrong
          : confusion[(worker * labelCount + right) * labelCount + label]!,
      );
  normalize(posterior);
  return posterior;
}

/** How often a worker gives the right label, over all labels as often as they are right: 0 to 1. */
export function accuracyOf(model: DawidSkeneModel, worker: number): number {
  const { prior, confusion, labelCount } = model;
  let sum = 0;
  for (let label = 0; label < labelCount; label++)
    sum += prior[label]! * confusion[(worker * labelCount + label) * labelCount + label]!;
  return sum;
}
