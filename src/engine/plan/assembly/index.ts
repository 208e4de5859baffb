import {
  activate,
  activationGradient,
  columnSums,
  multiply,
  roundValues,
  roundValuesGradient,
  scaleBytes,
} from './activation';
import {
  batchMoments,
  keptMoments,
  moveAverages,
  normalize,
  normalizeGradient,
} from './batch-norm';
import { convolve, kernelGradient, pad, pictureGradient, unpad } from './conv';
import { gemm, packLeft, packRight, smallGemm } from './gemm';
import { crossEntropy, distill, mean, squaredError } from './loss';
import { clip, LOSS, penalize, spreadShared, sumShared, sumSquares, update } from './optimize';
import { pool, poolGradient } from './pool';
import { fitGrids, learnedGradient, roundWeights, stepGrids, sumColumns } from './round';
import { barrier, nextTask } from './share';

/** Bytes of an operation: its number and up to 19 arguments, 32 bits each. */
const SIZE: usize = 80;

/**
 * Carries out the operations of a plan in order (`../operations.ts` names them and their arguments, in
 * the same order). Every thread calls it with its own number; `gate` is where they wait for each other.
 * Returns 0, or 1 where the loss is not finite and nothing was changed.
 */
export function run(plan: usize, count: i32, gate: usize, thread: i32, threads: i32): i32 {
  for (let i = 0; i < count; i++) {
    const op = plan + <usize>i * SIZE;
    const code = load<i32>(op);
    switch (code) {
      case 0:
        packRight(p(op, 1), p(op, 2), n(op, 3), n(op, 4), n(op, 5) != 0, p(op, 6), thread, threads);
        break;
      case 1:
        packLeft(
          p(op, 1),
          p(op, 2),
          n(op, 3),
          n(op, 4),
          n(op, 5) != 0,
          p(op, 6),
          p(op, 7),
          thread,
          threads,
        );
        break;
      case 2:
        gemm(
          p(op, 1),
          p(op, 2),
          p(op, 3),
          p(op, 4),
          p(op, 5),
          p(op, 6),
          n(op, 7),
          n(op, 8),
          n(op, 9),
          n(op, 10) != 0,
          thread,
          threads,
        );
        break;
      case 3:
        pad(
          p(op, 1),
          n(op, 2),
          n(op, 3),
          n(op, 4),
          p(op, 5),
          n(op, 6),
          n(op, 7),
          n(op, 8),
          n(op, 9),
          n(op, 10),
          thread,
          threads,
        );
        break;
      case 4:
        unpad(
          p(op, 1),
          n(op, 2),
          n(op, 3),
          n(op, 4),
          p(op, 5),
          n(op, 6),
          n(op, 7),
          n(op, 8),
          n(op, 9),
          n(op, 10),
          thread,
          threads,
        );
        break;
      case 5:
        convolve(
          p(op, 1),
          n(op, 2),
          n(op, 3),
          n(op, 4),
          p(op, 5),
          p(op, 6),
          p(op, 7),
          n(op, 8),
          n(op, 9),
          n(op, 10),
          n(op, 11),
          n(op, 12),
          n(op, 13) != 0,
          p(op, 14),
          p(op, 15),
          n(op, 16),
          thread,
          threads,
        );
        break;
      case 6:
        kernelGradient(
          p(op, 1),
          n(op, 2),
          n(op, 3),
          n(op, 4),
          p(op, 5),
          n(op, 6),
          n(op, 7),
          n(op, 8),
          n(op, 9),
          n(op, 10),
          p(op, 11),
          p(op, 12),
          p(op, 13),
          n(op, 14),
          thread,
          threads,
        );
        break;
      case 7:
        pictureGradient(
          p(op, 1),
          n(op, 2),
          n(op, 3),
          n(op, 4),
          p(op, 5),
          p(op, 6),
          n(op, 7),
          n(op, 8),
          n(op, 9),
          n(op, 10),
          n(op, 11),
          p(op, 12),
          p(op, 13),
          n(op, 14),
          thread,
          threads,
        );
        break;
      case 8:
        pool(
          p(op, 1),
          n(op, 2),
          n(op, 3),
          n(op, 4),
          p(op, 5),
          n(op, 6),
          n(op, 7),
          n(op, 8),
          n(op, 9),
          n(op, 10) != 0,
          n(op, 11),
          thread,
          threads,
        );
        break;
      case 9:
        poolGradient(
          p(op, 1),
          n(op, 2),
          n(op, 3),
          n(op, 4),
          p(op, 5),
          p(op, 6),
          p(op, 7),
          n(op, 8),
          n(op, 9),
          n(op, 10),
          n(op, 11),
          n(op, 12) != 0,
          n(op, 13),
          thread,
          threads,
        );
        break;
      case 10:
        activate(n(op, 1), p(op, 2), p(op, 3), n(op, 4), thread, threads);
        break;
      case 11:
        activationGradient(n(op, 1), p(op, 2), p(op, 3), n(op, 4), thread, threads);
        break;
      case 12:
        multiply(p(op, 1), p(op, 2), p(op, 3), n(op, 4), thread, threads);
        break;
      case 13:
        columnSums(p(op, 1), n(op, 2), n(op, 3), p(op, 4), thread, threads);
        break;
      case 14:
        batchMoments(p(op, 1), n(op, 2), n(op, 3), p(op, 4), thread, threads);
        break;
      case 15:
        if (thread == 0) keptMoments(p(op, 1), p(op, 2), n(op, 3), p(op, 4));
        break;
      case 16:
        normalize(
          p(op, 1),
          n(op, 2),
          n(op, 3),
          p(op, 4),
          p(op, 5),
          p(op, 6),
          p(op, 7),
          thread,
          threads,
        );
        break;
      case 17:
        normalizeGradient(
          p(op, 1),
          n(op, 2),
          n(op, 3),
          p(op, 4),
          p(op, 5),
          p(op, 6),
          p(op, 7),
          p(op, 8),
          p(op, 9),
          thread,
          threads,
        );
        break;
      case 18:
        if (thread == 0) moveAverages(p(op, 1), n(op, 2), n(op, 3), p(op, 4), p(op, 5));
        break;
      case 19:
        crossEntropy(
          p(op, 1),
          p(op, 2),
          p(op, 3),
          p(op, 4),
          n(op, 5),
          n(op, 6),
          f(op, 7),
          thread,
          threads,
        );
        break;
      case 20:
        squaredError(p(op, 1), p(op, 2), p(op, 3), p(op, 4), n(op, 5), n(op, 6), thread, threads);
        break;
      case 21:
        if (thread == 0) store<f32>(p(op, 3) + LOSS, mean(p(op, 1), n(op, 2)));
        break;
      case 22:
        if (!isFinite(load<f32>(p(op, 1) + LOSS))) {
          if (threads > 1) barrier(gate, threads);
          return 1;
        }
        break;
      case 23:
        penalize(p(op, 1), p(op, 2), n(op, 3), f(op, 4), f(op, 5), thread, threads);
        break;
      case 24:
        sumSquares(p(op, 1), p(op, 2), n(op, 3), p(op, 4), thread, threads);
        break;
      case 25:
        if (thread == 0) clip(p(op, 1), n(op, 2), f(op, 3), p(op, 4));
        break;
      case 26:
        update(
          n(op, 1),
          p(op, 2),
          p(op, 3),
          p(op, 4),
          p(op, 5),
          p(op, 6),
          n(op, 7),
          f(op, 8),
          f(op, 9),
          p(op, 10),
          f(op, 11),
          thread,
          threads,
        );
        break;
      case 27:
        smallGemm(
          p(op, 1),
          p(op, 2),
          p(op, 3),
          p(op, 4),
          p(op, 5),
          p(op, 6),
          p(op, 7),
          n(op, 8),
          n(op, 9),
          n(op, 10),
          n(op, 11) != 0,
          thread,
          threads,
        );
        break;
      case 28:
        scaleBytes(p(op, 1), p(op, 2), n(op, 3), thread, threads);
        break;
      case 29:
        fitGrids(
          n(op, 1),
          n(op, 2),
          p(op, 3),
          p(op, 4),
          n(op, 5),
          n(op, 6),
          n(op, 7),
          n(op, 8) != 0,
          p(op, 9),
          thread,
          threads,
        );
        break;
      case 30:
        roundWeights(
          n(op, 1),
          n(op, 2),
          p(op, 3),
          p(op, 4),
          n(op, 5),
          n(op, 6),
          n(op, 7),
          p(op, 8),
          p(op, 9),
          thread,
          threads,
        );
        break;
      case 31:
        if (thread == 0) sumShared(p(op, 1), p(op, 2), n(op, 3), p(op, 4), n(op, 5));
        break;
      case 32:
        spreadShared(p(op, 1), p(op, 2), n(op, 3), p(op, 4), thread, threads);
        break;
      case 33:
        if (thread == 0) stepGrids(p(op, 1), n(op, 2), n(op, 3), n(op, 4) != 0, p(op, 5));
        break;
      case 34:
        learnedGradient(
          n(op, 1),
          p(op, 2),
          n(op, 3),
          n(op, 4),
          n(op, 5),
          n(op, 6) != 0,
          p(op, 7),
          p(op, 8),
          p(op, 9),
          p(op, 10),
          thread,
          threads,
        );
        break;
      case 35:
        if (thread == 0) sumColumns(p(op, 1), n(op, 2), p(op, 3));
        break;
      case 36:
        roundValues(p(op, 1), p(op, 2), n(op, 3), f(op, 4), f(op, 5), f(op, 6), thread, threads);
        break;
      case 37:
        roundValuesGradient(
          p(op, 1),
          p(op, 2),
          n(op, 3),
          f(op, 4),
          f(op, 5),
          f(op, 6),
          thread,
          threads,
        );
        break;
      case 38:
        distill(
          p(op, 1),
          p(op, 2),
          p(op, 3),
          p(op, 4),
          n(op, 5),
          n(op, 6),
          f(op, 7),
          f(op, 8),
          thread,
          threads,
        );
        break;
    }
    if (threads > 1) barrier(gate, threads);
  }
  return 0;
}

/** Arguments by their place: an address, a number, a fraction. */
function p(op: usize, place: i32): usize {
  return load<usize>(op + ((<usize>place) << 2));
}

function n(op: usize, place: i32): i32 {
  return load<i32>(op + ((<usize>place) << 2));
}

function f(op: usize, place: i32): f32 {
  return load<f32>(op + ((<usize>place) << 2));
}

/**
 * A thread's whole life. At `gate`, behind what the barrier holds: the number of the newest task, its
 * plan, and its count of operations.
 */
export function serve(gate: usize, thread: i32, threads: i32): void {
  let task = 0;
  for (;;) {
    task = nextTask(gate + 8, task);
    run(load<i32>(gate, 12), load<i32>(gate, 16), gate, thread, threads);
  }
}

/** Has a plan carried out by all threads, this one among them. */
export function runShared(plan: usize, count: i32, gate: usize, threads: i32): i32 {
  store<i32>(gate, <i32>plan, 12);
  store<i32>(gate, count, 16);
  atomic.add<i32>(gate, 1, 8);
  atomic.notify(gate + 8, -1);
  return run(plan, count, gate, 0, threads);
}

/** Where memory is free from: constants lie before it. */
export function start(): usize {
  return __heap_base;
}
