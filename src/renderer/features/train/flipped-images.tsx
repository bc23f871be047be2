import { SegmentedControl } from '@mantine/core';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassId } from '#core/ids.ts';
import { formatCount } from '../../i18n/format.ts';
import { useDetail } from '../../state/details.ts';
import { pictureUrl } from '../../state/picture-url.ts';
import { useClassMap } from '../../state/queries.ts';
import { openImage } from '../../state/view.ts';
import { ClassDot } from '../../ui/class-chip.tsx';
import { Thumbnail } from '../../ui/thumbnail.tsx';
import styles from './comparison.module.css';
import { flipKind, type Flip, type FlipKind } from './flips.ts';

/** As many as the engine tells. */
const most = 200;

const kinds = ['all', 'fixed', 'broken', 'other'] as const;

/** The images that two models call differently; each opens. */
export function FlippedImages({ flips }: { readonly flips: readonly Flip[] }): ReactNode {
  const { t } = useTranslation();
  const [kind, setKind] = useState<FlipKind | 'all'>('all');
  const of = (each: FlipKind | 'all'): readonly Flip[] =>
    each === 'all' ? flips : flips.filter((flip) => flipKind(flip) === each);
  return (
    <div>
      <div className={styles.flipsHead}>
        <h3 className={styles.subtitle}>{t('tune.compare.flips')}</h3>
        {flips.length > 0 && (
          <SegmentedControl
            aria-label={t('tune.compare.flips')}
            value={kind}
            onChange={(value) => setKind(kinds.find((each) => each === value) ?? 'all')}
            data={kinds.map((each) => ({
              value: each,
              label: `${t(`tune.compare.show.${each}`)} ${formatCount(of(each).length)}`,
              disabled: of(each).length === 0,
            }))}
          />
        )}
      </div>
      <p className={styles.note}>
        {flips.length === 0 ? t('tune.compare.noFlips') : t('tune.compare.flipsHint')}{' '}
        {flips.length === most && t('tune.compare.flipsCut', { shown: formatCount(most) })}
      </p>
      <div className={styles.flips}>
        {of(kind).map((flip) => (
          <FlipTile key={flip.image} flip={flip} />
        ))}
      </div>
    </div>
  );
}

function FlipTile({ flip }: { readonly flip: Flip }): ReactNode {
  const { t } = useTranslation();
  const classes = useClassMap();
  const { data: image } = useDetail(flip.image);
  const nameOf = (id: ClassId): string => classes.get(id)?.name ?? id;
  const path = image?.path ?? '';
  const { given, first, second } = flip;
  const names = { given: nameOf(given), first: nameOf(first), second: nameOf(second) };
  const words = t('tune.compare.flip', { path, ...names });
  return (
    <button type="button" className={styles.flip} title={words} onClick={() => openImage(flip.image)}>
      <span className={styles.picture}>
        {image !== undefined && <Thumbnail src={pictureUrl(image.id, 'thumbnail', image.hash)} alt={path} />}
      </span>
      <span className={styles.given}>
        <ClassDot colour={classes.get(given)?.colour ?? 'var(--line-strong)'} />
        <span className={styles.name}>{names.given}</span>
      </span>
      <Said name={names.first} isRight={first === given} />
      <Said name={names.second} isRight={second === given} />
    </button>
  );
}

/** What a model called an image, and whether that is its label. */
function Said({ name, isRight }: { readonly name: string; readonly isRight: boolean }): ReactNode {
  const Icon = isRight ? IconCheck : IconX;
  return (
    <span className={styles.said} data-right={isRight || undefined}>
      <Icon size={12} stroke={2.4} aria-hidden />
      <span className={styles.name}>{name}</span>
    </span>
  );
}
