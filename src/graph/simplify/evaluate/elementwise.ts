import { must } from '#base/assert.ts';
import type { DataType } from '../../data-type.ts';
import { readNumbers, writeNumbers, type Numbers } from '../numbers.ts';
import type { Evaluator } from './evaluator.ts';
import { broadcastOffsets, positionsOf } from './view.ts';

/** What an operator makes of the numbers at one place of its inputs. */
type Formula = (first: number, second: number, third: number) => number;

/**
 * Evaluates an elementwise operator. Doubles are rounded to the output's type at the end, which for the four basic
 * operations and the square root of float32 numbers is what float32 arithmetic gives.
 */
function elementwise(formula: Formula): Evaluator {
  return ({ inputs, type, dims }) => {
    const numbers = inputs.map(readNumbers);
    if (numbers.includes(null)) return null;
    const [first, second, third] = numbers.map((each) => broadcast(must(each, 'numbers'), dims));
    const values = must(first, 'a first input').map((a, i) => formula(a, second?.[i] ?? 0, third?.[i] ?? 0));
    return writeNumbers({ type, dims, values });
  };
}

function broadcast({ dims, values }: Numbers, wanted: readonly number[]): Float64Array {
  const positions = positionsOf(broadcastOffsets(dims, wanted));
  return Float64Array.from(positions, (position) => must(values[position], 'a place inside the tensor'));
}

/** Integers are divided towards zero; by zero they are left to the runtime. */
const divide: Evaluator = (evaluation) => {
  const quotient: Formula = (a, b) => a / b;
  const whole: Formula = (a, b) => (b === 0 ? NaN : Math.trunc(a / b));
  return elementwise(isReal(evaluation.type) ? quotient : whole)(evaluation);
};

/** To an integer, real numbers are cut; to a truth, all but zero are true. */
const cast: Evaluator = (evaluation) => {
  const { type } = evaluation;
  if (type === 'bool') return elementwise((a) => Number(a !== 0))(evaluation);
  return elementwise(isReal(type) ? (a) => a : Math.trunc)(evaluation);
};

function isReal(type: DataType): boolean {
  return type.startsWith('float');
}

export const elementwiseEvaluators: Readonly<Record<string, Evaluator>> = {
  Add: elementwise((a, b) => a + b),
  Sub: elementwise((a, b) => a - b),
  Mul: elementwise((a, b) => a * b),
  Div: divide,
  Pow: elementwise((a, b) => a ** b),
  Neg: elementwise((a) => -a),
  Abs: elementwise(Math.abs),
  Sqrt: elementwise(Math.sqrt),
  Exp: elementwise(Math.exp),
  Log: elementwise(Math.log),
  Reciprocal: elementwise((a) => 1 / a),
  Floor: elementwise(Math.floor),
  Ceil: elementwise(Math.ceil),
  Equal: elementwise((a, b) => Number(a === b)),
  Greater: elementwise((a, b) => Number(a > b)),
  Less: elementwise((a, b) => Number(a < b)),
  Not: elementwise((a) => Number(a === 0)),
  And: elementwise((a, b) => Number(a !== 0 && b !== 0)),
  Or: elementwise((a, b) => Number(a !== 0 || b !== 0)),
  Where: elementwise((condition, a, b) => (condition === 0 ? b : a)),
  Cast: cast,
};
