import { ActionIcon, Menu } from '@mantine/core';
import IconArrowsDiff from '@tabler/icons-react/dist/esm/icons/IconArrowsDiff.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import IconFileExport from '@tabler/icons-react/dist/esm/icons/IconFileExport.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '#contract/model.ts';
import { client } from '../../state/api.ts';
import { compare } from '../../state/comparing.ts';
import { useCanEdit } from '../../state/queries.ts';
import { attempt } from '../../state/toast.tsx';
import { useModelWords } from './use-model-words.ts';

/** The dialogs about a model. */
export interface ModelDialogs {
  readonly onExport: (model: ModelInfo) => void;
  readonly onRemove: (model: ModelInfo) => void;
}

export interface ModelMenuProps extends ModelDialogs {
  readonly model: ModelInfo;
  /** Id of the one in use. */
  readonly current: string | null;
}

/** What can be done with a model. */
export function ModelMenu({ model, current, onExport, onRemove }: ModelMenuProps): ReactNode {
  const { t } = useTranslation();
  const { nameOf } = useModelWords();
  const canEdit = useCanEdit();
  const isCurrent = model.id === current;
  const icon = { size: 16, stroke: 1.6 } as const;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('tune.models.more', { name: nameOf(model) })} title={t('common.more')}>
          <IconDots {...icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconCheck {...icon} />}
          disabled={isCurrent || !canEdit}
          onClick={() => attempt(client.model.promote({ model: model.id }))}
        >
          {t('tune.models.promote')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowsDiff {...icon} />}
          disabled={isCurrent || current === null}
          onClick={() => current !== null && compare({ first: current, second: model.id })}
        >
          {t('tune.models.compare')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFileExport {...icon} />} onClick={() => onExport(model)}>
          {t('tune.models.export')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTrash {...icon} />}
          disabled={isCurrent || !canEdit}
          onClick={() => onRemove(model)}
        >
          {t('tune.models.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
