import { attributeOf } from '../attribute.ts';
import type { Ops } from './ops.ts';
import type { GradientRule, Step } from './rule.ts';

/** Y = alpha · A′B′ + beta · C, where ′ transposes as asked. */
export const gemm: GradientRule = (step, ops) => {
  const alpha = attributeOf(step.node, 'alpha', 'float') ?? 1;
  const dy = ops.mul(step.dy, alpha);
  return [
    step.needs(0) ? gradientOfA(step, ops, dy) : null,
    step.needs(1) ? gradientOfB(step, ops, dy) : null,
    step.needs(2) ? gradientOfC(step, ops) : null,
  ];
};

function gradientOfA(step: Step, ops: Ops, dy: string): string {
  const b = step.x(1);
  const isBTransposed = step.int('transB', 0) === 1;
  return step.int('transA', 0) === 1
    ? ops.gemm(b, dy, { a: isBTransposed, b: true })
    : ops.gemm(dy, b, { b: !isBTransposed });
}

function gradientOfB(step: Step, ops: Ops, dy: string): string {
  const a = step.x(0);
  const isATransposed = step.int('transA', 0) === 1;
  return step.int('transB', 0) === 1
    ? ops.gemm(dy, a, { a: true, b: isATransposed })
    : ops.gemm(a, dy, { a: !isATransposed });
}

function gradientOfC(step: Step, ops: Ops): string {
  const beta = attributeOf(step.node, 'beta', 'float') ?? 1;
  return ops.mul(ops.sumTo(step.dy, ops.dims(step.x(2))), beta);
}
