import { sql } from 'kysely';
import { problem } from '#base/problem.ts';
import { err, ok, type Result } from '#base/result.ts';
import { suspectFrom, type Decide, type RankedUnit, type Reason, type Suspect } from '#contract/review.ts';
import { created, updated, type Change } from '#core/changes.ts';
import type { ClassId, ImageId, UnitId } from '#core/ids.ts';
import type { Verdict } from '#core/records/verdict.ts';
import type { Committed } from '#store/journal-writer.ts';
import type { SuspectTable } from '#store/schema.ts';
import { readSuspect } from './image-details.ts';
import { labelChanges } from './labelling.ts';
import { isOpenSuspect } from './open-suspects.ts';
import type { Workspace } from './workspace.ts';

/** Which suspects to queue: all, or those of a class pair. */
export interface QueueRequest {
  readonly limit: number;
  readonly given: ClassId | null;
  readonly suggested: ClassId | null;
}

export interface Queue {
  readonly items: (Suspect & { image: ImageId })[];
  readonly waiting: number;
  readonly reviewed: number;
  readonly fixed: number;
  readonly expectedInNext20: number;
}

/**
 * The review queue, most suspect first: every suspect whose label still is the audited one and that nobody decided
 * about on this evidence. The ranking holds the other labelled units.
 * @param since verdicts are counted from this time on (ms): the round of work since the model was trained
 */
export async function reviewQueue(
  workspace: Workspace,
  request: QueueRequest,
  since: number,
): Promise<Queue> {
  let open = openSuspects(workspace);
  if (request.given !== null) open = open.where('suspect.given', '=', request.given);
  if (request.suggested !== null) open = open.where('suspect.suggested', '=', request.suggested);
  const rows = await open
    .selectAll('suspect')
    .orderBy('suspect.rank')
    .limit(Math.max(20, request.limit))
    .execute();
  const { waiting } = await open.select(sql<number>`count(*)`.as('waiting')).executeTakeFirstOrThrow();
  const suspects = (rows as SuspectTable[]).map(readSuspect);
  return {
    items: suspects
      .slice(0, request.limit)
      .map((each) => ({ ...each, image: each.unit as string as ImageId })),
    waiting,
    ...(await countVerdicts(workspace, since)),
    expectedInNext20: suspects.slice(0, 20).reduce((sum, each) => sum + each.wrong, 0),
  };
}

/** Suspects whose label still stands as audited, whose suggestion still exists, and that wait for a decision. */
function openSuspects(workspace: Workspace) {
  return workspace.store.background
    .selectFrom('cache.suspect as suspect')
    .innerJoin('current_label as given', (join) =>
      join.onRef('given.unit', '=', 'suspect.unit').onRef('given.class', '=', 'suspect.given'),
    )
    .leftJoin('verdict', 'verdict.id', 'suspect.unit')
    .where('suspect.wrong', '>=', suspectFrom)
    .where(isOpenSuspect);
}

/** How many units are more likely wrong than right and wait for a decision. */
export async function countOpenSuspects(workspace: Workspace): Promise<number> {
  const row = await openSuspects(workspace)
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

async function countVerdicts(
  workspace: Workspace,
  since: number,
): Promise<{ reviewed: number; fixed: number }> {
  const row = await workspace.store.db
    .selectFrom('verdict')
    .where('time', '>=', since)
    .select(sql<number>`count(*)`.as('reviewed'))
    .select(sql<number>`count(*) FILTER (WHERE decision IN ('accepted', 'changed'))`.as('fixed'))
    .executeTakeFirstOrThrow();
  return row;
}

/** Per class pair, how many suspects wait in the queue and how many of them should be wrong; most wrong first. */
export async function suspectPairs(
  workspace: Workspace,
): Promise<{ given: ClassId; suggested: ClassId; waiting: number; wrong: number }[]> {
  return openSuspects(workspace)
    .groupBy(['suspect.given', 'suspect.suggested'])
    .select(['suspect.given', 'suspect.suggested', sql<number>`count(*)`.as('waiting')])
    .select(sql<number>`sum(suspect.wrong)`.as('wrong'))
    .orderBy('wrong', 'desc')
    .execute();
}

/** Records decisions about suspects and, where they fix a label, the new labels: one undoable action. */
export async function decide(workspace: Workspace, decisions: readonly Decide[]): Promise<Result<Committed>> {
  const known = await evidenceOf(workspace, [...new Set(decisions.map((each) => each.unit))]);
  const verdicts = new Map<UnitId, Change>();
  const fixes = new Map<UnitId, ClassId>();
  for (const request of decisions) {
    const decided = decideOne(workspace, request, known);
    if (!decided.ok) return decided;
    verdicts.set(request.unit, decided.value.verdict);
    if (decided.value.fixed !== null) fixes.set(request.unit, decided.value.fixed);
  }
  const labels = await labelChanges(workspace, fixes);
  const kinds = new Set(decisions.map((each) => each.decision));
  return workspace.commit({
    action: 'suspect.decide',
    detail: { decision: kinds.size === 1 ? [...kinds].join('') : 'mixed', count: verdicts.size },
    changes: [...verdicts.values(), ...labels],
  });
}

/** What decisions rest on. */
interface Evidence {
  readonly suspects: ReadonlyMap<UnitId, SuspectTable>;
  readonly verdicts: ReadonlyMap<UnitId, Verdict>;
  readonly classes: ReadonlySet<ClassId>;
}

async function evidenceOf({ store: { db } }: Workspace, units: readonly UnitId[]): Promise<Evidence> {
  const suspects = await db.selectFrom('cache.suspect').selectAll().where('unit', 'in', units).execute();
  const verdicts = await db.selectFrom('verdict').selectAll().where('id', 'in', units).execute();
  const classes = await db.selectFrom('class').select('id').execute();
  return {
    suspects: new Map(suspects.map((each) => [each.unit, each])),
    verdicts: new Map(verdicts.map((each) => [each.id, each as Verdict])),
    classes: new Set(classes.map((each) => each.id)),
  };
}

function decideOne(
  workspace: Workspace,
  request: Decide,
  known: Evidence,
): Result<{ verdict: Change; fixed: ClassId | null }> {
  const suspect = known.suspects.get(request.unit);
  if (!suspect)
    return err(problem('not-found', request.unit, 'This image is not in the audit; retrain first.'));
  const before = known.verdicts.get(request.unit);
  const fixed = fixedClass(request, suspect, known.classes);
  if (!fixed.ok) return fixed;
  const after: Verdict = {
    id: request.unit,
    annotator: workspace.annotator.id,
    decision: request.decision,
    given: suspect.given,
    suggested: suspect.suggested,
    score: suspect.score,
    time: workspace.clock(),
  };
  return ok({
    verdict: before ? updated('verdict', before, after) : created('verdict', after),
    fixed: fixed.value,
  });
}

function fixedClass(
  { decision, class: other }: Decide,
  suspect: SuspectTable,
  classes: ReadonlySet<ClassId>,
): Result<ClassId | null> {
  if (decision === 'kept' || decision === 'unsure') return ok(null);
  const wanted = decision === 'accepted' ? suspect.suggested : other;
  if (wanted === null) return err(problem('bad-input', suspect.unit, 'Choose the class that is right.'));
  if (classes.has(wanted)) return ok(wanted);
  return err(problem('not-found', wanted, 'This class is no longer there; choose another.'));
}

/** Every audited unit, most suspect first, with names in place of ids: for the terminal. */
export async function ranking(workspace: Workspace): Promise<RankedUnit[]> {
  const rows = await workspace.store.background
    .selectFrom('cache.suspect as suspect')
    .innerJoin('image', 'image.id', 'suspect.unit')
    .innerJoin('class as given', 'given.id', 'suspect.given')
    .innerJoin('class as suggested', 'suggested.id', 'suspect.suggested')
    .select(['image.path as image', 'given.name as given', 'suggested.name as suggested'])
    .select(['suspect.score', 'suspect.rank', 'suspect.reasons'])
    .orderBy('suspect.rank')
    .execute();
  return rows.map((row) => ({ ...row, object: null, reasons: JSON.parse(row.reasons) as Reason[] }));
}
