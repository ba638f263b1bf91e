'use client';
// An order's whole story on one time line: every message, fetch, attempt, ticket, screen and tap.
import { ArrowLeft } from 'lucide';
import Link from 'next/link';
import { Story, type StoryEvent } from '../../server/protocol/story.ts';
import { useTimes, useTranslations } from '../i18n/index.ts';
import { useScreen } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { useManagerLink } from './manager-frame.tsx';
import { NotAnswered } from './not-answered.tsx';
import { Panel } from './panel.tsx';
import { placeWords } from './place-words.ts';
import { eventWords, storyCounts } from './story-words.ts';
import { useInsight } from './use-insight.ts';

const EVERY_MS = 5000;
const looks = { plain: 'bg-info', good: 'bg-ready', bad: 'bg-late' };

export function StoryScreen({ orderId }: { orderId: string }) {
  const t = useTranslations('manager');
  const link = useManagerLink();
  const { data, failed } = useInsight(Story, `orders/${encodeURIComponent(orderId)}/story`, EVERY_MS);
  return (
    <main className="grid max-w-5xl gap-4 p-4 md:p-6">
      <Link
        href={link('/manager/orders')}
        className="inline-flex min-h-11 items-center gap-2 justify-self-start font-semibold text-info"
      >
        <Icon of={ArrowLeft} className="size-5" /> {t('story.back')}
      </Link>
      {data === null ? <NotAnswered failed={failed} missing={t('story.none')} /> : <Told story={data} />}
    </main>
  );
}

function Told({ story }: { story: Story }) {
  const t = useTranslations('manager');
  const title = t('story.title', { number: story.number });
  return (
    <>
      <div>
        <h2 className="text-[1.375rem] font-bold break-words">
          {title}
          <span className="pl-3 text-[1rem] font-semibold text-muted">
            {[
              story.status === null ? null : placeWords(t, story),
              story.status,
              story.archived ? t('story.archived') : null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </h2>
        <p className="text-[1.0625rem] font-semibold">{t('story.summary', storyCounts(story.events))}</p>
      </div>
      <Panel title={t('story.what')}>
        <table data-story={story.orderId} className="w-full text-left text-[1rem] max-md:block">
          <caption className="sr-only">{title}</caption>
          <thead className="bg-bg text-[0.875rem] text-muted max-md:sr-only">
            <tr>
              {(['at', 'what', 'who'] as const).map((name) => (
                <th key={name} scope="col" className="px-4 py-2 font-semibold">
                  {t(`story.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="max-md:block">
            {story.events.map((event, i) => (
              // Events have no ids; new ones may come in between, and none has a state.
              <Event key={`${event.at} ${event.kind} ${i}`} event={event} previous={story.events[i - 1] ?? null} />
            ))}
          </tbody>
        </table>
      </Panel>
    </>
  );
}

function Event({ event, previous }: { event: StoryEvent; previous: StoryEvent | null }) {
  const t = useTranslations('manager');
  const common = useTranslations('common');
  const times = useTimes();
  const { timeZone } = useScreen().restaurant;
  const { what, who, tone } = eventWords(t, common, times, event);
  const at = Date.parse(event.at);
  const day = times.date(at, timeZone);
  const newDay = previous === null || times.date(Date.parse(previous.at), timeZone) !== day;
  const cell = 'px-4 py-2 align-top max-md:block max-md:px-0 max-md:py-0';
  return (
    <tr
      data-event={event.kind}
      data-command={event.kind === 'tap' ? event.command : undefined}
      data-tone={tone}
      className="border-t border-line max-md:grid max-md:px-4 max-md:py-2.5"
    >
      <td className={`${cell} whitespace-nowrap text-muted tabular-nums md:w-px`}>
        <time dateTime={event.at}>
          {newDay && <span className="block text-[0.875rem] font-semibold">{day}</span>}
          {times.time(at, timeZone, true)}
          <span className="text-[0.8125rem]">.{event.at.slice(20, 23)}</span>
        </time>
      </td>
      <td className={`${cell} break-words`}>
        <span aria-hidden className={`mr-2.5 inline-block size-2.5 rounded-full ${looks[tone]}`} />
        <span className={tone === 'bad' ? 'font-semibold text-late' : 'font-semibold'}>{what}</span>
      </td>
      <td className={`${cell} break-words text-muted`}>{who}</td>
    </tr>
  );
}
