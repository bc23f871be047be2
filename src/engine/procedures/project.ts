import { ok, type Result } from '#base/result.ts';
import type { ProjectInfo } from '#contract/project.ts';
import { answer } from '../answer.ts';
import { browseFolder } from '../browse.ts';
import { exportCsv } from '../export-csv.ts';
import type { EngineHost } from '../host.ts';
import { projectInfo } from '../project-info.ts';
import { recentProjects } from '../recent.ts';
import { relocateSource } from '../relocate.ts';
import { startSample } from '../sample-project.ts';
import type { Workspace } from '../workspace.ts';
import { changeProject, onProject, os, unlessClosed } from './os.ts';

/** Projects: create, open, look at, check. */
export function projectRouter(host: EngineHost) {
  return {
    recent: os.project.recent.handler(() => recentProjects(host.settings)),
    forget: os.project.forget.handler(async ({ input }) => {
      await host.settings.forget(input.folder);
      return {};
    }),
    info: os.project.info.handler(async () => {
      const workspace = host.workspace();
      return workspace.ok ? infoOf(host, workspace) : null;
    }),
    create: os.project.create.handler(async ({ input }) =>
      infoOf(host, await host.create(input.folder, input.name)),
    ),
    open: os.project.open.handler(async ({ input }) => infoOf(host, await host.open(input.folder))),
    close: os.project.close.handler(async () => {
      await host.leave();
      return {};
    }),
    sample: os.project.sample.handler(({ input }) => answer(startSample(host, input.folder))),
    setAnnotator: os.project.setAnnotator.handler(({ input }) =>
      onProject(host, async (workspace) => {
        const set = await workspace.setAnnotator(input.name);
        if (set.ok) await host.settings.setPreferences({ annotator: input.name });
        return set;
      }),
    ),
    relocate: os.project.relocate.handler(({ input }) =>
      changeProject(host, (workspace) => relocateSource(workspace, input.source, input.root)),
    ),
    verify: os.project.verify.handler(() =>
      onProject(host, async ({ store }) => {
        const report = await store.verify();
        return report.ok ? ok({ ...report.value, problems: [...report.value.problems] }) : report;
      }),
    ),
    browse: os.project.browse.handler(({ input }) => answer(browseFolder(input.path))),
    exportCsv: os.project.exportCsv.handler(({ input }) =>
      onProject(host, (workspace) => exportCsv(workspace, input.file)),
    ),
  };
}

function infoOf(host: EngineHost, opened: Result<Workspace>): Promise<ProjectInfo> {
  return answer(
    opened.ok
      ? unlessClosed(host, opened.value, async (workspace) => ok(await projectInfo(workspace)))
      : opened,
  );
}
