import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { choose, useTuning } from '../../state/tuning.ts';

/** What the network's predictions will be the mean of. */
export function AveragingFields(): ReactNode {
  const { t } = useTranslation();
  const averaging = useTuning(({ choices }) => choices.averaging);
  return (['crops', 'folds'] as const).map((name) => (
    <Switch
      key={name}
      size="xs"
      label={t(`tune.averaging.${name}`)}
      description={t(`tune.averaging.${name}Hint`)}
      checked={averaging[name]}
      onChange={(event) => choose({ averaging: { ...averaging, [name]: event.currentTarget.checked } })}
    />
  ));
}
