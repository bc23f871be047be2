import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageDetail } from '#contract/images.ts';
import { suspectFrom } from '#contract/review.ts';
import type { ImageId } from '#core/ids.ts';
import { hasNewEvidence } from '#core/records/verdict.ts';
import { formatPercent } from '../../i18n/format.ts';
import { useDetail } from '../../state/details.ts';
import { pictureUrl } from '../../state/picture-url.ts';
import { useClassMap, useProject, type CountedClass } from '../../state/queries.ts';
import { useView } from '../../state/view.ts';
import { Thumbnail } from '../../ui/thumbnail.tsx';
import styles from './tile.module.css';

export interface TileProps {
  readonly id: ImageId;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Height of the line and caption below the picture. */
  readonly caption: number;
  readonly position: number;
  readonly count: number;
}

/** The element id of a tile, for `aria-activedescendant`. */
export function tileElementId(id: ImageId): string {
  return `tile-${id}`;
}

/** One image in the grid: its picture, a line in the colour of its class, and marks. */
export const Tile = memo(function Tile(props: TileProps): ReactNode {
  const { id, left, top, width, height, caption, position, count } = props;
  const { data: image } = useDetail(id);
  const shown = useShownClass(image);
  const name = shown?.name ?? '';
  const path = image?.path ?? id;
  const isSelected = useView((state) => state.selection.ids.has(id));
  const isFocused = useView((state) => state.focused === id);
  return (
    <div
      id={tileElementId(id)}
      className={styles.tile}
      style={{ transform: `translate(${left}px, ${top}px)`, width, height }}
      role="option"
      aria-selected={isSelected}
      aria-posinset={position + 1}
      aria-setsize={count}
      aria-label={name === '' ? path : `${name}, ${path}`}
      data-focused={isFocused || undefined}
    >
      <div className={styles.picture} style={{ height: height - caption }}>
        {image !== undefined && <Thumbnail src={pictureUrl(id, 'thumbnail', image.hash)} alt="" />}
        {image !== undefined && <SuspectMark image={image} />}
        {isSelected && (
          <span className={styles.check} aria-hidden>
            <IconCheck size={12} stroke={3} />
          </span>
        )}
      </div>
      {image !== undefined && <Caption image={image} shown={shown} hasName={caption >= 16} />}
    </div>
  );
});

/** The class that a tile is marked with: the given one, or else the predicted. */
function useShownClass(image: ImageDetail | undefined): CountedClass | undefined {
  const classes = useClassMap();
  const id = image?.given?.class ?? image?.prediction?.class;
  return id === undefined ? undefined : classes.get(id);
}

function SuspectMark({ image }: { readonly image: ImageDetail }): ReactNode {
  const { t } = useTranslation();
  const { suspect, verdict } = image;
  if (suspect === null || suspect.wrong < suspectFrom) return null;
  if (verdict !== null && !hasNewEvidence(verdict, suspect)) return null;
  const hint = `${t('common.suspect')}: ${t('inspector.wrong', { share: formatPercent(suspect.wrong) })}`;
  return (
    <span className={styles.mark} title={hint}>
      <span className={styles.hidden}>{t('common.suspect')}</span>
    </span>
  );
}

interface CaptionProps {
  readonly image: ImageDetail;
  readonly shown: CountedClass | undefined;
  readonly hasName: boolean;
}

function Caption({ image, shown, hasName }: CaptionProps): ReactNode {
  const isPredicted = image.given === null;
  const hint = useHint(image);
  return (
    <div className={styles.caption} title={hint} data-predicted={isPredicted || undefined}>
      <span
        className={styles.line}
        style={
          shown === undefined
            ? undefined
            : { borderColor: shown.colour, background: isPredicted ? 'none' : shown.colour }
        }
      />
      {hasName && <span className={styles.name}>{shown?.name}</span>}
    </div>
  );
}

/** Given, predicted, by whom, and the file: what the pointer tells over a tile. */
function useHint(image: ImageDetail): string {
  const { t } = useTranslation();
  const classes = useClassMap();
  const { data: project } = useProject();
  const { given, prediction } = image;
  const annotator = project?.annotators.find(({ id }) => id === given?.annotator)?.name ?? '';
  const lines = [
    image.path,
    given === null
      ? t('common.unlabelled')
      : t('gallery.hint.given', { name: classes.get(given.class)?.name ?? '', annotator }),
    prediction !== null &&
      t('gallery.hint.predicted', {
        name: classes.get(prediction.class)?.name ?? '',
        share: formatPercent(prediction.confidence),
      }),
  ];
  return lines.filter((line) => line !== false).join('\n');
}
