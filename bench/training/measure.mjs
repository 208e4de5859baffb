// @ts-check
import { median } from './statistics.mjs';

/** @typedef {import('playwright').Page} Page */
/** @typedef {import('./page/protocol').Seat} Seat */
/** @typedef {import('./page/protocol').Facts} Facts */

/**
 * @typedef {object} Settings
 * @property {number} rounds
 * @property {number} sliceMs How long a seat's part of a round lasts, if its step is no longer.
 * @property {number} checkMs After which no more steps are made to compare losses.
 * @property {number} budgetMs Of a seat in all rounds together; it sits out when it is spent,
 * @property {number} fewest but in so many rounds it takes part.
 */

/**
 * @typedef {object} Taken A seat that could do it.
 * @property {Seat} seat
 * @property {Facts} facts
 * @property {(number | null)[]} rounds Milliseconds of a step, or of a prediction, by round; null where it sat out.
 * @property {Agreement} agreement
 */

/**
 * @typedef {object} Agreement
 * @property {number} updates After so many
 * @property {number} loss it had that loss,
 * @property {number} difference which differs by that share from what Whittle has with the same optimizer.
 */

/** @typedef {{ seat: Seat, failure: string }} Failed */
/** @typedef {Taken | Failed} Result */

/** Losses are compared after as many updates. */
const UPDATES = 5;
/** A step that takes longer is warm after those for the check. */
const SLOW_STEP_MS = 1_000;

/**
 * @param {Result} result
 * @returns {result is Taken}
 */
export function hasTaken(result) {
  return 'rounds' in result;
}

/** @param {Taken} result */
export function medianOf({ rounds }) {
  return median(rounds.filter((ms) => ms !== null));
}

/**
 * Steps of all seats in turn, round by round. The first seat is the one to which the others' losses are
 * compared.
 *
 * @param {Page} page
 * @param {readonly Seat[]} seats
 * @param {Settings} settings
 * @returns {Promise<Result[]>}
 */
export async function measureSteps(page, seats, settings) {
  /** @type {Map<string, readonly number[]>} */
  const references = new Map();
  /**
   * @param {Seat} seat
   * @param {Facts} facts
   */
  const referenceOf = async ({ workload }, { optimizer }) => {
    const contender = seats[0]?.contender ?? 'whittle-wasm';
    const reference = { contender, workload, optimizer };
    const known = references.get(keyOf(reference));
    if (known !== undefined) return known;
    await start(page, reference);
    const { losses } = await ask(page, reference, 'steps', { count: UPDATES + 1 });
    await leave(page, reference);
    references.set(keyOf(reference), losses);
    return losses;
  };
  return inTurn(page, seats, settings, {
    prepare: async (seat, facts) => {
      const reference = await referenceOf(seat, facts);
      const check = await ask(page, seat, 'steps', {
        count: UPDATES + 1,
        limitMs: settings.checkMs,
      });
      const agreement = compare(check.losses, reference);
      if (check.ms / check.count > SLOW_STEP_MS) return { agreement, count: 1 };
      const warm = await ask(page, seat, 'steps', { count: 1e6, limitMs: 3 * settings.sliceMs });
      return {
        agreement,
        count: Math.max(1, Math.round((settings.sliceMs * warm.count) / warm.ms)),
      };
    },
    slice: async (seat, count) => {
      const { ms } = await ask(page, seat, 'steps', { count });
      return ms / count;
    },
  });
}

/**
 * Predictions for a test set, of all seats in turn.
 *
 * @param {Page} page
 * @param {readonly Seat[]} seats
 * @param {Settings} settings
 * @param {import('./page/protocol').Pictures} pictures
 * @returns {Promise<Result[]>}
 */
export async function measurePredictions(page, seats, settings, pictures) {
  return inTurn(page, seats, settings, {
    prepare: async (seat) => {
      for (let i = 0; i < 3; i++) await ask(page, seat, 'predict', pictures);
      return { agreement: { updates: 0, loss: NaN, difference: NaN }, count: 1 };
    },
    slice: (seat) => ask(page, seat, 'predict', pictures),
  });
}

/**
 * @param {Page} page
 * @param {readonly Seat[]} seats
 * @param {Settings} settings
 * @param {object} work
 * @param {(seat: Seat, facts: Facts) => Promise<{ agreement: Agreement, count: number }>} work.prepare
 * @param {(seat: Seat, count: number) => Promise<number>} work.slice
 * @returns {Promise<Result[]>}
 */
async function inTurn(page, seats, { rounds, budgetMs, fewest }, { prepare, slice }) {
  /** @type {Map<Seat, string>} */
  const failures = new Map();
  /** @type {(Taken & { count: number, spent: number, slices: number })[]} */
  const ready = [];
  const fail = async (/** @type {Seat} */ seat, /** @type {unknown} */ error) => {
    failures.set(seat, messageOf(error));
    await leave(page, seat);
  };
  for (const seat of seats) {
    try {
      const facts = await start(page, seat);
      ready.push({
        ...{ seat, facts, ...(await prepare(seat, facts)) },
        ...{ rounds: [], spent: 0, slices: 0 },
      });
    } catch (error) {
      await fail(seat, error);
    }
  }
  for (let round = 0; round < rounds; round++) {
    // Who comes first differs from round to round.
    const turn = round % Math.max(1, ready.length);
    for (const each of [...ready.slice(turn), ...ready.slice(0, turn)]) {
      if (failures.has(each.seat)) continue;
      const expected = each.slices === 0 ? 0 : each.spent / each.slices;
      if (each.slices >= fewest && each.spent + expected > budgetMs) {
        each.rounds.push(null);
        continue;
      }
      const started = performance.now();
      try {
        each.rounds.push(await slice(each.seat, each.count));
      } catch (error) {
        await fail(each.seat, error);
      }
      each.spent += performance.now() - started;
      each.slices += 1;
    }
  }
  for (const { seat } of ready) await leave(page, seat);
  return seats.flatMap((seat) => {
    const failure = failures.get(seat);
    if (failure !== undefined) return { seat, failure };
    return ready.find((each) => each.seat === seat) ?? [];
  });
}

/**
 * @param {readonly number[]} losses
 * @param {readonly number[]} reference
 * @returns {Agreement}
 */
function compare(losses, reference) {
  const updates = losses.length - 1;
  const loss = losses[updates] ?? NaN;
  const expected = reference[updates] ?? NaN;
  return { updates, loss, difference: Math.abs(loss - expected) / Math.abs(expected) };
}

/** @param {Seat} seat */
function keyOf({ contender, workload, optimizer }) {
  return [contender, workload, optimizer].join(' ');
}

/**
 * @param {Page} page
 * @param {Seat} seat
 */
function start(page, seat) {
  return ask(page, seat, 'start', seat);
}

/**
 * @template {keyof import('./page/protocol').Questions} Name
 * @param {Page} page
 * @param {Seat} seat
 * @param {Name} name
 * @param {import('./page/protocol').Questions[Name]['asked']} asked
 * @returns {Promise<import('./page/protocol').Questions[Name]['answer']>}
 */
async function ask(page, seat, name, asked) {
  const question = /** @type {const} */ ([keyOf(seat), name, asked]);
  return page.evaluate(([key, what, about]) => window.askSeat(key, what, about), question);
}

/**
 * @param {Page} page
 * @param {Seat} seat
 */
async function leave(page, seat) {
  await page.evaluate((key) => window.leaveSeat(key), keyOf(seat));
}

/** @param {unknown} error As Playwright wraps what the page throws. */
function messageOf(error) {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').replace(/^page\.evaluate: (Error: )?/, '');
}
