import { Radio } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseRegime, useTuning } from '../../state/tuning.ts';
import styles from './tune-panel.module.css';

const regimes = ['auto', 'head', 'blocks', 'head-then-full', 'full'] as const;

/** What of the network learns, the cheapest first. */
export function RegimeChoice(): ReactNode {
  const { t } = useTranslation();
  const chosen = useTuning(({ regime }) => regime);
  return (
    <Radio.Group
      label={t('tune.regime.title')}
      size="xs"
      value={chosen}
      onChange={(value) => chooseRegime(regimes.find((regime) => regime === value) ?? 'auto')}
    >
      <div className={styles.regimes}>
        {regimes.map((regime) => (
          <Radio
            key={regime}
            size="xs"
            value={regime}
            label={t(`tune.regime.${regime}`)}
            description={t(`tune.regimeHint.${regime}`)}
          />
        ))}
      </div>
    </Radio.Group>
  );
}
