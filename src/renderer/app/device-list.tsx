import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device } from '#contract/model.ts';
import { formatDecimal } from '../i18n/format.ts';
import { api } from '../state/api.ts';
import { LoadError } from '../state/load-error.tsx';
import styles from './device-list.module.css';

/** What networks can be trained on here. Trying takes some seconds of the whole machine, so a person asks for it. */
export function DeviceList(): ReactNode {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const options = api.model.devices.queryOptions({ staleTime: Infinity, enabled: isAsked });
  const { data, error, isFetching, refetch } = useQuery(options);
  return (
    <section className={styles.section} aria-label={t('app.settings.devices.title')}>
      <header className={styles.header}>
        <h3 className={styles.title}>{t('app.settings.devices.title')}</h3>
        {data === undefined && (
          <Button variant="default" loading={isFetching} onClick={() => setAsked(true)}>
            {t('app.settings.devices.try')}
          </Button>
        )}
      </header>
      {data === undefined && error === null && (
        <p className={styles.hint}>{t(`app.settings.devices.${isFetching ? 'trying' : 'hint'}`)}</p>
      )}
      {data === undefined && error !== null && <LoadError error={error} onRetry={refetch} />}
      {data !== undefined && (
        <ul className={styles.list}>
          {data.map((device) => (
            <DeviceRow key={device.id} device={device} />
          ))}
        </ul>
      )}
    </section>
  );
}

function DeviceRow({ device: { name, reason, gflops } }: { readonly device: Device }): ReactNode {
  const { t } = useTranslation();
  return (
    <li className={styles.device}>
      <span>{name}</span>
      {gflops === null ? (
        <span className={styles.hint}>{reason}</span>
      ) : (
        <span className={styles.measured}>
          {t('app.settings.devices.measured', { speed: formatDecimal(gflops, gflops < 10 ? 1 : 0) })}
        </span>
      )}
    </li>
  );
}
