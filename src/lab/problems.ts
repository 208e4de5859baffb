import { WhittleError } from '../experiment/problem';
import { SMOOTH } from './functions';

const AT = 'lab.expr';
const KNOWN = [...Object.keys(SMOOTH), 'min', 'max'].join(', ');

export function empty(): WhittleError {
  return new WhittleError({
    code: 'formulaEmpty',
    params: {},
    at: AT,
    message: 'There is no formula yet. Type one in x and y, such as x^2 + 3y^2.',
  });
}

export function long(length: number, max: number): WhittleError {
  return new WhittleError({
    code: 'formulaLong',
    params: { length, max },
    at: AT,
    message: `The formula has ${String(length)} characters; at most ${String(max)} are read. Shorten it.`,
  });
}

export function deep(max: number): WhittleError {
  return new WhittleError({
    code: 'formulaDeep',
    params: { max },
    at: AT,
    message: `The formula has more than ${String(max)} operations within one another. Simplify it.`,
  });
}

/** `at`: the character, from 1, that does not belong there. */
export function unread(formula: string, at: number): WhittleError {
  const rest = formula.slice(at - 1, at + 9).trim();
  return rest === ''
    ? new WhittleError({
        code: 'formulaUnfinished',
        params: {},
        at: AT,
        message: 'The formula ends too early: something is missing at its end, perhaps a bracket.',
      })
    : new WhittleError({
        code: 'formulaUnread',
        params: { at, rest },
        at: AT,
        message: `The formula cannot be read from character ${String(at)} on: “${rest}”. Is an operator or a bracket missing before it?`,
      });
}

export function unknownName(name: string): WhittleError {
  return new WhittleError({
    code: 'formulaName',
    params: { name, known: KNOWN },
    at: AT,
    message: `The formula holds “${name}”, which is not known here. There are x, y, e, pi and the functions ${KNOWN}.`,
  });
}

export function argumentsWrong(name: string, wanted: number, given: number): WhittleError {
  return new WhittleError({
    code: 'formulaArguments',
    params: { name, wanted, given },
    at: AT,
    message: `The function “${name}” takes ${String(wanted)} ${wanted === 1 ? 'number' : 'numbers'}; the formula gives it ${String(given)}.`,
  });
}

export function notArithmetic(): WhittleError {
  return new WhittleError({
    code: 'formulaKind',
    params: { known: KNOWN },
    at: AT,
    message: `The formula holds something other than arithmetic. There are + − * / ^, brackets, x, y, e, pi and the functions ${KNOWN}.`,
  });
}

export function nowhereFinite(): WhittleError {
  return new WhittleError({
    code: 'formulaNowhere',
    params: {},
    at: AT,
    message:
      'The formula gives no number anywhere in the picture: it is infinite or undefined throughout. Use smaller powers, or a picture that reaches further.',
  });
}

export function startUndefined(): WhittleError {
  return new WhittleError({
    code: 'startUndefined',
    params: {},
    at: 'lab.start',
    message:
      'The function or its slope has no number at the start, so nothing can go down from there. Drag the start to a place where the picture is coloured.',
  });
}
