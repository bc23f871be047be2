import { Button } from '@mantine/core';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnitId } from '#core/ids.ts';
import { runAction, useActions } from '../../state/actions.ts';
import { useDetail } from '../../state/details.ts';
import { pictureUrl } from '../../state/picture-url.ts';
import { useCanEdit } from '../../state/queries.ts';
import { useChord } from '../../state/use-chord.ts';
import { chordText, KeyCap } from '../../ui/key-cap.tsx';
import type { ClassPair } from '../../ui/reason-list.tsx';
import { Thumbnail } from '../../ui/thumbnail.tsx';
import { keepFocus } from './decision-bar.tsx';
import { moveInGrid } from './move-in-grid.ts';
import { PairText, usePair } from './pair-text.tsx';
import { gridSize } from './review-state.ts';
import styles from './pair-grid.module.css';
import type { QueueItem } from './use-queue.ts';
import { decide } from './use-sitting.ts';

export interface PairGridProps {
  readonly items: readonly [QueueItem, ...QueueItem[]];
}

/** Many suspects of one class pair: the right ones are pressed, one key corrects the rest. */
export function PairGrid({ items }: PairGridProps): ReactNode {
  const { t } = useTranslation();
  const shown = items.slice(0, gridSize);
  const [right, setRight] = useState<ReadonlySet<UnitId>>(new Set());
  const canEdit = useCanEdit();
  const pair = usePair(items[0]);
  const accept = useChord('review.accept') ?? '';
  const grid = useRef<HTMLDivElement>(null);
  const keep = shown.filter(({ unit }) => right.has(unit)).length;

  const toggle = (unit: UnitId): void => {
    const next = new Set(right);
    if (!next.delete(unit)) next.add(unit);
    setRight(next);
  };
  useActions({
    'review.accept': {
      run: () => {
        const decision = (unit: UnitId) => (right.has(unit) ? 'kept' : 'accepted');
        void decide(shown.map(({ unit }) => ({ unit, decision: decision(unit), class: null })));
        setRight(new Set());
      },
      isEnabled: () => canEdit,
    },
  });

  return (
    <div className={styles.page}>
      <Head pair={pair} />
      <div ref={grid} className={styles.grid} onKeyDown={(event) => onGridKey(event, grid.current)}>
        {shown.map((item) => (
          <Tile
            key={item.unit}
            item={item}
            pair={pair}
            isRight={right.has(item.unit)}
            onPress={() => canEdit && toggle(item.unit)}
          />
        ))}
      </div>
      <footer className={styles.foot}>
        <Button
          size="sm"
          disabled={!canEdit}
          onMouseDown={keepFocus}
          onClick={() => runAction('review.accept')}
          rightSection={<KeyCap chord={accept} />}
        >
          <span className={styles.decision}>
            <PairText text="review.gridFix" pair={pair} values={{ fix: shown.length - keep, keep }} />
          </span>
        </Button>
        <span className={styles.help}>
          {canEdit ? t('review.gridOf', { count: items.length }) : t('review.readOnly')}
        </span>
      </footer>
    </div>
  );
}

function Head({ pair }: { readonly pair: ClassPair }): ReactNode {
  const key = chordText(useChord('review.accept') ?? '');
  return (
    <div className={styles.head}>
      <h2 className={styles.title}>
        <PairText text="review.gridTitle" pair={pair} />
      </h2>
      <p className={styles.help}>
        <PairText text="review.gridHelp" pair={pair} values={{ key: key }} />
      </p>
    </div>
  );
}

/** Arrows move between the pictures; Enter is for the whole grid, also while a picture has the focus. */
function onGridKey(event: KeyboardEvent, grid: HTMLElement | null): void {
  if (event.key === 'Enter') {
    event.preventDefault();
    runAction('review.accept');
    return;
  }
  const tiles = [...(grid?.querySelectorAll('button') ?? [])];
  const at = tiles.findIndex((tile) => tile === document.activeElement);
  const columns = new Set(tiles.map(({ offsetLeft }) => offsetLeft)).size;
  const target = moveInGrid(event.key, { at, count: tiles.length, columns });
  if (target === null) return;
  event.preventDefault();
  tiles[target]?.focus();
}

interface TileProps {
  readonly item: QueueItem;
  readonly pair: ClassPair;
  readonly isRight: boolean;
  readonly onPress: () => void;
}

function Tile({ item, pair, isRight, onPress }: TileProps): ReactNode {
  const { data: image } = useDetail(item.image);
  const path = image?.path ?? '';
  return (
    <button type="button" className={styles.tile} aria-pressed={isRight} title={path} onClick={onPress}>
      <span className={styles.picture}>
        {image !== undefined && <Thumbnail src={pictureUrl(image.id, 'thumbnail', image.hash)} alt={path} />}
        {isRight && (
          <span className={styles.mark}>
            <IconCheck size={16} stroke={2.4} />
          </span>
        )}
      </span>
      <span className={styles.fate}>
        <PairText text={isRight ? 'review.gridKept' : 'review.gridFixed'} pair={pair} />
      </span>
    </button>
  );
}
