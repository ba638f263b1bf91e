// The health of the pipeline, line by line, in plain words. The figures are the whole server's, not this restaurant's
// alone.
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide';
import type { Health } from '../../server/protocol/views.ts';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Panel } from './panel.tsx';
import { pipelineWords, type Confirmed, type PipelineFact } from './pipeline-words.ts';

const icons = { good: CircleCheck, warning: TriangleAlert, bad: CircleAlert };
const looks = { good: 'text-ready', warning: 'text-warn', bad: 'text-late' };

export function PipelinePanel({
  health,
  confirmed,
  now,
}: {
  health: Health | null;
  confirmed: Confirmed;
  now: number;
}) {
  const t = useTranslations('manager');
  const times = useTimes();
  return (
    <Panel title={t('pipeline.title')} aside={t('pipeline.aside')}>
      {health === null ? (
        <p className="px-4 py-3 text-[1rem] text-muted">{t('pipeline.unknown')}</p>
      ) : (
        <Facts facts={pipelineWords(t, health, confirmed, now, times.span)} />
      )}
    </Panel>
  );
}

function Facts({ facts }: { facts: readonly PipelineFact[] }) {
  return (
    <dl className="divide-y divide-line">
      {facts.map(({ key, name, value, note, tone }) => {
        const icon = icons[tone];
        return (
          <div
            key={key}
            data-fact={key}
            data-tone={tone}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 px-4 py-2.5"
          >
            <dt className="flex items-center gap-2 text-[1rem] font-bold">
              <Icon of={icon} className={`size-4.5 shrink-0 ${looks[tone]}`} strokeWidth={2.5} />
              {name}
            </dt>
            <dd className={`text-right text-[1rem] font-bold tabular-nums ${tone === 'good' ? '' : looks[tone]}`}>
              {value}
            </dd>
            <dd className="col-span-2 pl-6.5 text-[0.875rem] leading-5 text-muted">{note}</dd>
          </div>
        );
      })}
    </dl>
  );
}
