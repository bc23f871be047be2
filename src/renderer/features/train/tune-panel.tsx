import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '#contract/model.ts';
import { runAction, useActions } from '../../state/actions.ts';
import { api } from '../../state/api.ts';
import { useRun } from '../../state/run.ts';
import { choose, closeTuning, startTuning, useTuning } from '../../state/tuning.ts';
import { useChord } from '../../state/use-chord.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { AdvancedSettings } from './advanced-settings.tsx';
import { AugmentationSettings } from './augmentation-settings.tsx';
import { AugmentationSheet } from './augmentation-sheet.tsx';
import { BackboneChoice } from './backbone-choice.tsx';
import { Fold } from './fold.tsx';
import { PlanText } from './plan-text.tsx';
import { RegimeChoice } from './regime-choice.tsx';
import styles from './tune-panel.module.css';

export interface TunePanelProps {
  /** Newest first. */
  readonly models: readonly ModelInfo[];
  readonly model: ModelInfo | null;
}

/** Puts a training of a network together, and starts it. */
export function TunePanel({ models, model }: TunePanelProps): ReactNode {
  const { t } = useTranslation();
  const { regime } = useTuning();
  const { job } = useRun();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  useActions({ 'train.start': { run: startTuning, isEnabled: () => job === null } });
  return (
    <section className={styles.panel} aria-label={t('tune.title')} onKeyDown={closeOnEscape}>
      <header className={styles.header}>
        <h2 ref={title} tabIndex={-1} className={styles.title}>
          {t('tune.title')}
        </h2>
        <IconButton label={t('common.close')} onClick={closeTuning}>
          <IconX size={16} stroke={1.6} />
        </IconButton>
      </header>
      <p className={styles.hint}>{t('tune.hint')}</p>
      <div className={styles.choices}>
        <RegimeChoice />
        <div className={styles.side}>
          <BackboneChoice models={models} model={model} />
          <PlanText models={models} />
        </div>
      </div>
      <div>
        <Fold title={t('tune.advanced.title')}>
          <AdvancedSettings />
        </Fold>
        {regime !== 'head' && (
          <Fold title={t('tune.advanced.augmentation')}>
            <VariedImages model={model} />
          </Fold>
        )}
      </div>
      <Foot />
    </section>
  );
}

/** Before the built-in backbone was fitted, its size is not known: pictures are as large as it usually is. */
const usualSide = 48;

function VariedImages({ model }: Pick<TunePanelProps, 'model'>): ReactNode {
  const { backbone, choices } = useTuning();
  const { data: backbones = [] } = useQuery(api.model.backbones.queryOptions());
  const id = backbone ?? model?.base ?? model?.backbone;
  const side = backbones.find((each) => each.id === id)?.size || usualSide;
  return (
    <>
      <AugmentationSettings
        value={choices.augmentation}
        onChange={(augmentation) => choose({ augmentation })}
      />
      <AugmentationSheet value={choices.augmentation} side={side} />
    </>
  );
}

function Foot(): ReactNode {
  const { t } = useTranslation();
  const chord = useChord('train.start');
  const { job, run } = useRun();
  const warning = job !== null ? t('tune.busy') : run !== null ? t('tune.replaces') : '';
  return (
    <footer className={styles.foot}>
      <p>{warning}</p>
      <Button variant="default" onClick={closeTuning}>
        {t('common.cancel')}
      </Button>
      <Button
        disabled={job !== null}
        onClick={() => runAction('train.start')}
        rightSection={chord !== undefined && <KeyCap chord={chord} />}
      >
        {t('tune.start')}
      </Button>
    </footer>
  );
}

/** Escape puts the settings away, unless something in them wants it. */
function closeOnEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  event.preventDefault();
  closeTuning();
}
