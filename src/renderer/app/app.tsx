import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import './theme.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { queryClient } from '../state/api.ts';
import { usePreferences } from '../state/preferences.ts';
import { showLocale } from '../i18n/i18n.ts';
import { Frame } from './frame.tsx';
import { theme } from './theme.ts';
import styles from './theme.module.css';

/** The window. */
export function App(): ReactNode {
  return (
    <QueryClientProvider client={queryClient}>
      <Themed />
    </QueryClientProvider>
  );
}

function Themed(): ReactNode {
  const { theme: scheme, locale } = usePreferences();
  useEffect(() => void showLocale(locale), [locale]);
  const forced = scheme === 'system' ? {} : { forceColorScheme: scheme };
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" {...forced}>
      <Notifications position="bottom-right" limit={4} containerWidth={360} className={styles.toasts ?? ''} />
      <Frame />
    </MantineProvider>
  );
}
