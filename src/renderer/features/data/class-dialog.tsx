import { Modal, Select, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classPalette, freeColour } from '#core/palette.ts';
import type { ClassId } from '#core/ids.ts';
import { client } from '../../state/api.ts';
import { useClasses, type CountedClass } from '../../state/queries.ts';
import { saving } from '../../state/saving.ts';
import { useProblem } from '../../state/use-problem.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import styles from './class-section.module.css';
import { isWithin } from './class-tree.ts';
import { HotkeyField } from './hotkey-field.tsx';

export interface ClassDialogProps {
  /** The class that is changed, or a new one; null while closed. */
  readonly edited: CountedClass | 'new' | null;
  readonly onClose: () => void;
}

/** Name, colour, key and parent of a class. */
export function ClassDialog({ edited, onClose }: ClassDialogProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Modal
      opened={edited !== null}
      onClose={onClose}
      size={420}
      title={edited === 'new' ? t('data.action.newClass') : t('data.class.edit')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {edited !== null && <ClassForm before={edited === 'new' ? null : edited} onClose={onClose} />}
    </Modal>
  );
}

interface ClassFormProps {
  readonly before: CountedClass | null;
  readonly onClose: () => void;
}

function blank(others: readonly CountedClass[]): Pick<CountedClass, 'name' | 'colour' | 'hotkey' | 'parent'> {
  return { name: '', colour: freeColour(others.map(({ colour }) => colour)), hotkey: null, parent: null };
}

function ClassForm({ before, onClose }: ClassFormProps): ReactNode {
  const { t } = useTranslation();
  const classes = useClasses();
  const { name: oldName, colour: oldColour, hotkey: oldKey, parent: oldParent } = before ?? blank(classes);
  const [name, setName] = useState(oldName);
  const [colour, setColour] = useState(oldColour);
  const [hotkey, setHotkey] = useState(oldKey);
  const [parent, setParent] = useState(oldParent);
  const { problem, run, isRunning } = useProblem();
  const parents = classes.filter(({ id }) => before === null || !isWithin(classes, id, before.id));
  const save = async (): Promise<void> => {
    const change = { name: name.trim(), colour, parent };
    if (before !== null)
      await saving(() => client.classes.update({ id: before.id, change: { ...change, hotkey } }));
    else await client.classes.create(hotkey === null ? change : { ...change, hotkey });
    onClose();
  };
  return (
    <DialogForm
      submitLabel={before === null ? t('common.create') : t('common.save')}
      cancelLabel={t('common.cancel')}
      isReady={name.trim() !== ''}
      isRunning={isRunning}
      problem={problem}
      onSubmit={() => run(save())}
      onCancel={onClose}
    >
      <TextInput
        data-autofocus
        label={t('data.class.name')}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Swatches value={colour} onChange={setColour} />
      <HotkeyField value={hotkey} self={before?.id ?? null} onChange={setHotkey} />
      <Select
        label={t('data.class.parent')}
        placeholder={t('data.class.noParent')}
        data={parents.map((item) => ({ value: item.id as string, label: item.name }))}
        value={parent}
        clearable
        searchable
        onChange={(value) => setParent(value as ClassId | null)}
      />
    </DialogForm>
  );
}

interface SwatchesProps {
  readonly value: string;
  readonly onChange: (colour: string) => void;
}

function Swatches({ value, onChange }: SwatchesProps): ReactNode {
  const { t } = useTranslation();
  const colours = (classPalette as readonly string[]).includes(value)
    ? classPalette
    : [value, ...classPalette.slice(1)];
  return (
    <div>
      <p className={styles.caption}>{t('data.class.colour')}</p>
      <div className={styles.swatches} role="radiogroup" aria-label={t('data.class.colour')}>
        {colours.map((colour, index) => (
          <button
            key={colour}
            type="button"
            role="radio"
            aria-checked={colour === value}
            aria-label={t('data.class.colourNumber', { number: index + 1 })}
            className={styles.swatch}
            style={{ background: colour }}
            onClick={() => onChange(colour)}
          />
        ))}
      </div>
    </div>
  );
}
