import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { contract } from './contract.ts';
import { eventSchema } from './events.ts';
import { protocolVersion } from './protocol-version.ts';
import { fromEngineSchema, toEngineSchema } from './shell.ts';
import { fromTrainerSchema, toTrainerSchema } from './trainer.ts';

const hashes: Readonly<Record<number, string>> = {
  1: 'd9b596bdf8a93e9e',
  2: '899bdd822412c984',
  3: 'bd03f59ade9be98f',
  4: 'e2557774b5881ad1',
  5: '29d4c2a12fccbe0d',
  6: '20b74d28a5777944',
};

/** What a schema accepts, as text; what JSON cannot say (typed arrays) counts as anything. */
function describeSchema(schema: unknown): unknown {
  if (!(schema instanceof z.ZodType)) return typeof schema;
  return z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
}

function describeContract(node: object): unknown {
  if ('~orpc' in node) {
    const { inputSchema, outputSchema } = node['~orpc'] as { inputSchema?: unknown; outputSchema?: unknown };
    return [describeSchema(inputSchema), describeSchema(outputSchema)];
  }
  return Object.fromEntries(
    Object.entries(node).map(([name, below]: [string, object]) => [name, describeContract(below)]),
  );
}

test('a change of the wire raises the protocol version', () => {
  const messages = [eventSchema, toTrainerSchema, fromTrainerSchema, toEngineSchema, fromEngineSchema].map(
    describeSchema,
  );
  const description = JSON.stringify([describeContract(contract), messages]);
  const hash = createHash('sha256').update(description).digest('hex').slice(0, 16);
  expect(
    hashes[protocolVersion],
    `What is sent has changed: raise protocolVersion, say in its history what changed, and add the hash ${hash} here.`,
  ).toBe(hash);
});
