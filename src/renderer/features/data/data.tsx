import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProject } from '../../state/queries.ts';
import { Page } from '../../ui/page.tsx';
import { BackboneSection } from './backbone-section.tsx';
import { ClassSection } from './class-section.tsx';
import styles from './data.module.css';
import { SkippedSection } from './skipped-section.tsx';
import { SourceSection } from './source-section.tsx';

/** What the project is made of: sources, classes, left-out files, backbones. */
export function Data(): ReactNode {
  const { t } = useTranslation();
  const { data: project } = useProject();
  if (!project) return null;
  return (
    <Page>
      {project.readOnly && <p className={styles.readOnly}>{t('app.project.readOnlyHint')}</p>}
      <SkippedSection />
      <SourceSection project={project} />
      <ClassSection />
      <BackboneSection images={project.images} />
    </Page>
  );
}
