import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageDetail } from '#contract/images.ts';
import { suspectFrom } from '#contract/review.ts';
import type { ImageId } from '#core/ids.ts';
import {
  formatBytes,
  formatCount,
  formatDecimal,
  formatPercent,
  formatShare,
  formatTime,
} from '../i18n/format.ts';
import { api } from '../state/api.ts';
import { useDetail } from '../state/details.ts';
import { pictureUrl } from '../state/picture-url.ts';
import { LoadError } from '../state/load-error.tsx';
import { useClassMap, useProject } from '../state/queries.ts';
import { openImage, useView } from '../state/view.ts';
import { ClassChip } from '../ui/class-chip.tsx';
import { ConfidenceBar } from '../ui/confidence-bar.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ReasonList } from '../ui/reason-list.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Thumbnail } from '../ui/thumbnail.tsx';
import { InspectorPart } from './inspector-part.tsx';
import styles from './inspector.module.css';
import { LabelPicker } from './label-picker.tsx';
import { SelectionInspector } from './selection-inspector.tsx';

/** What is known about the image, or about the many, that actions are about. */
export function Inspector(): ReactNode {
  const selection = useView((state) => state.selection.ids);
  const focused = useView((state) => state.focused);
  const isGallery = useView((state) => state.view === 'gallery');
  const [selected = focused] = isGallery ? selection : [];
  return (
    <div className={styles.inspector}>
      {isGallery && selection.size > 1 ? <SelectionInspector ids={selection} /> : <One id={selected} />}
    </div>
  );
}

function One({ id }: { readonly id: ImageId | null }): ReactNode {
  const { t } = useTranslation();
  const { data: image, error, refetch } = useDetail(id);
  if (id === null) return <EmptyState title={t('inspector.empty')}>{t('inspector.emptyHint')}</EmptyState>;
  if (error !== null && image === undefined) {
    return <LoadError error={error} onRetry={refetch} />;
  }
  return image === undefined ? <SkeletonRows count={8} /> : <Known image={image} />;
}

function Known({ image }: { readonly image: ImageDetail }): ReactNode {
  const isLarge = useView((state) => state.view === 'image');
  const source = pictureUrl(image.id, 'thumbnail', image.hash);
  return (
    <>
      {!isLarge && <Thumbnail src={source} alt={image.path} className={styles.picture} />}
      <LabelPicker isGiven={(id) => image.given?.class === id} />
      <Labels image={image} />
      <Doubt image={image} />
      <Prediction image={image} />
      <Similar id={image.id} />
      <File image={image} />
    </>
  );
}

function Labels({ image }: { readonly image: ImageDetail }): ReactNode {
  const { t } = useTranslation();
  const classes = useClassMap();
  const { data: project } = useProject();
  if (image.labels.length === 0) {
    return (
      <InspectorPart title={t('inspector.labels')}>
        <span className={styles.dim}>{t('common.unlabelled')}</span>
      </InspectorPart>
    );
  }
  return (
    <InspectorPart title={t('inspector.labels')}>
      {image.labels.map((label) => {
        const shown = classes.get(label.class);
        const name = project?.annotators.find(({ id }) => id === label.annotator)?.name ?? label.annotator;
        return (
          <div key={label.id} className={styles.label}>
            {shown !== undefined && <ClassChip name={shown.name} colour={shown.colour} />}
            <span className={styles.dim}>{t('inspector.by', { name, time: formatTime(label.time) })}</span>
          </div>
        );
      })}
      {image.verdict !== null && (
        <p className={styles.dim}>{t(`inspector.verdict.${image.verdict.decision}`)}</p>
      )}
    </InspectorPart>
  );
}

function Doubt({ image }: { readonly image: ImageDetail }): ReactNode {
  const { t } = useTranslation();
  const classes = useClassMap();
  const { suspect, given } = image;
  if (suspect === null || given === null || suspect.wrong < suspectFrom) return null;
  const unknown = { name: '', colour: 'var(--line-strong)' };
  const pair = {
    given: classes.get(suspect.given) ?? unknown,
    suggested: classes.get(suspect.suggested) ?? unknown,
  };
  return (
    <InspectorPart title={t('inspector.doubt')}>
      <p>
        <strong>{t('inspector.wrong', { share: formatPercent(suspect.wrong) })}</strong>{' '}
        <span className={styles.dim}>{t('inspector.rank', { rank: formatCount(suspect.rank) })}</span>
      </p>
      <ReasonList reasons={suspect.reasons} pair={pair} />
    </InspectorPart>
  );
}

function Prediction({ image }: { readonly image: ImageDetail }): ReactNode {
  const { t } = useTranslation();
  const classes = useClassMap();
  const { prediction, given } = image;
  return (
    <InspectorPart title={t('inspector.prediction')}>
      {prediction === null && <span className={styles.dim}>{t('inspector.noPrediction')}</span>}
      {prediction?.top.map(({ class: id, probability }) => (
        <ConfidenceBar
          key={id}
          label={classes.get(id)?.name ?? id}
          colour={classes.get(id)?.colour ?? 'var(--line-strong)'}
          value={probability}
          text={formatShare(probability)}
          isGiven={given?.class === id}
        />
      ))}
    </InspectorPart>
  );
}

function Similar({ id }: { readonly id: ImageId }): ReactNode {
  const { t } = useTranslation();
  const { data } = useQuery(api.images.neighbours.queryOptions({ input: { id, class: null, count: 8 } }));
  return (
    <InspectorPart title={t('inspector.similar')}>
      {data?.length === 0 && <span className={styles.dim}>{t('inspector.noSimilar')}</span>}
      <div className={styles.similar}>
        {data?.map((other) => (
          <Neighbour key={other.id} {...other} />
        ))}
      </div>
    </InspectorPart>
  );
}

interface NeighbourProps {
  readonly id: ImageId;
  readonly similarity: number;
  readonly hash: string;
}

function Neighbour({ id, similarity, hash }: NeighbourProps): ReactNode {
  const { t } = useTranslation();
  const { data: image } = useDetail(id);
  const name = t('inspector.similarity', { name: image?.path ?? '', value: formatDecimal(similarity, 2) });
  return (
    <button
      type="button"
      className={styles.other}
      aria-label={name}
      title={name}
      onClick={() => openImage(id)}
    >
      <Thumbnail src={pictureUrl(id, 'thumbnail', hash)} alt="" />
    </button>
  );
}

function File({ image }: { readonly image: ImageDetail }): ReactNode {
  const { t } = useTranslation();
  const { data: project } = useProject();
  const source = project?.sources.find(({ id }) => id === image.source);
  const lines: [label: string, value: string | null][] = [
    [t('inspector.path'), image.path],
    [t('inspector.source'), source?.name ?? null],
    [t('inspector.size'), t('inspector.pixels', { width: image.width, height: image.height })],
    [t('inspector.format'), `${image.format.toUpperCase()}, ${formatBytes(image.bytes)}`],
    [t('inspector.split'), image.split === null ? null : t(`inspector.splits.${image.split}`)],
    [t('inspector.group'), image.groupId],
    [t('inspector.added'), formatTime(image.addedAt)],
  ];
  return (
    <InspectorPart title={t('inspector.file')}>
      <dl className={styles.facts}>
        {lines.map(
          ([label, value]) =>
            value !== null && (
              <div key={label} className={styles.fact}>
                <dt>{label}</dt>
                <dd className="selectable">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </InspectorPart>
  );
}
