import { seededRandom } from '#base/random.ts';
import type { DeviceId } from '#contract/training.ts';
import { dealFolds } from '#learn/folds.ts';
import type { BackboneRecord } from '../backbones.ts';
import type { JobHandle } from '../jobs.ts';
import type { Workspace } from '../workspace.ts';
import type { LiveRun } from './live-run.ts';
import type { Part } from './plan.ts';
import type { RunFolder } from './run-folder.ts';

/** What all parts of a run share. */
export interface RunContext {
  readonly workspace: Workspace;
  readonly folder: RunFolder;
  readonly backbone: BackboneRecord;
  readonly live: LiveRun;
  readonly job: JobHandle;
  readonly folds: number;
  readonly device: DeviceId;
}

/** Positions of the units of a fold, and of all others. */
export interface Dealt {
  readonly held: Int32Array<ArrayBuffer>;
  readonly train: Int32Array<ArrayBuffer>;
}

/** The units that a part learns from and those that it holds back; groups stay together. */
export function dealPart({ folder, folds }: Pick<RunContext, 'folder' | 'folds'>, part: Part): Dealt {
  const { labels, groups, classes } = folder.set;
  const dealt = dealFolds(Int32Array.from(labels), Int32Array.from(groups), {
    ...{ classCount: classes.length, folds },
    random: seededRandom(folder.record.request.choices.seed),
  });
  const all = Int32Array.from(labels.keys());
  const isHeld = (unit: number): boolean => dealt.fold[unit] === part.fold;
  return { held: all.filter(isHeld), train: all.filter((unit) => !isHeld(unit)) };
}
