'use client';
// The set-up of a restaurant: stations, routes and thresholds. It can be tried before it is saved, and the latest
// changes stand beside it.
import { Plus } from 'lucide';
import { useState } from 'react';
import type { Courses } from '../../server/protocol/facts.ts';
import { SetupEffects, SetupNow, type Setup } from '../../server/protocol/setup.ts';
import { useTranslations } from '../i18n/index.ts';
import { useScreen } from '../live/index.ts';
import { manage } from '../accounts/manage-call.ts';
import { asCallError, type CallError } from '../http/call.ts';
import { Icon } from '../ui/icon.tsx';
import { Button } from '../ui/index.ts';
import { MinutesField, SelectField, TextField } from './fields.tsx';
import { NotAnswered } from './not-answered.tsx';
import { Panel } from './panel.tsx';
import { added, moved, sameSetup, withFallback, without, withStation } from './setup-draft.ts';
import { Effects } from './setup-effects.tsx';
import { SetupChanges } from './setup-changes.tsx';
import { LeadFields } from './setup-lead.tsx';
import { SetupStationCard } from './setup-station.tsx';
import { SetupTrial } from './setup-trial.tsx';
import { useInsight } from './use-insight.ts';

export function SetupScreen() {
  const { data, failed, ask } = useInsight(SetupNow, 'setup');
  // A new version makes a new form: the text typed into the old one has been saved or given up.
  return (
    <main className="grid gap-4 p-4 max-md:pb-24 md:gap-5 md:p-6">
      {data === null ? <NotAnswered failed={failed} /> : <Editor key={data.version} saved={data} onSaved={ask} />}
    </main>
  );
}

type Outcome =
  | { kind: 'saved' }
  | { kind: 'error'; error: CallError }
  | { kind: 'effects'; of: Setup; effects: SetupEffects }
  | null;

function Editor({ saved, onSaved }: { saved: SetupNow; onSaved: () => void }) {
  const t = useTranslations('manager.setup');
  const { restaurant } = useScreen();
  const path = `/restaurants/${encodeURIComponent(restaurant.id)}`;
  const [draft, setDraft] = useState(saved.setup);
  const [outcome, setOutcome] = useState<Outcome>(null);
  const [busy, setBusy] = useState(false);
  const changed = !sameSetup(draft, saved.setup);
  const change = (next: Setup) => {
    setDraft(next);
    setOutcome(null);
  };
  const run = async (work: () => Promise<Outcome>) => {
    setBusy(true);
    try {
      setOutcome(await work());
    } catch (error) {
      setOutcome({ kind: 'error', error: asCallError(error) });
    } finally {
      setBusy(false);
    }
  };
  const look = () =>
    run(async () => ({
      kind: 'effects',
      of: draft,
      effects: await manage(SetupEffects, 'POST', `${path}/setup/effects`, { setup: draft }),
    }));
  const save = () =>
    run(async () => {
      await manage(null, 'PUT', `${path}/setup`, { setup: draft, version: saved.version });
      onSaved();
      return { kind: 'saved' };
    });
  const sentence = t('sentence', {
    stations: draft.stations.length,
    fallback: draft.stations.find(({ fallback }) => fallback)?.name ?? '',
  });
  const names = new Set(saved.setup.stations.map(({ name }) => name));
  return (
    <>
      <div className="md:hidden">
        <h2 className="text-[1.375rem] font-bold">{t('title')}</h2>
        <p className="text-muted">{sentence}</p>
      </div>
      <div className="z-5 flex flex-wrap items-center gap-3 bg-bg px-4 py-2 max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:justify-end max-md:border-t max-md:border-line max-md:pb-[max(0.5rem,env(safe-area-inset-bottom))] md:sticky md:top-14 md:-mx-6 md:border-b md:border-line md:px-6">
        <h2 className="text-[1.375rem] font-bold max-md:hidden">{t('title')}</h2>
        <p className="min-w-0 flex-1 text-muted max-md:hidden">{sentence}</p>
        {changed && <p className="font-semibold text-warn">{t('unsaved')}</p>}
        {!changed && outcome?.kind === 'saved' && (
          <p role="status" className="font-semibold text-ready">
            {t('saved')}
          </p>
        )}
        {changed && (
          <Button size="desk" tone="outline" data-action="undo-changes" onClick={() => change(saved.setup)}>
            {t('undo')}
          </Button>
        )}
        <Button size="desk" tone="outline" data-action="look" disabled={!changed || busy} onClick={() => void look()}>
          {t('look')}
        </Button>
        <Button
          size="desk"
          tone="info"
          data-action="save-setup"
          disabled={!changed || busy}
          onClick={() => void save()}
        >
          {t('save')}
        </Button>
      </div>
      {outcome?.kind === 'error' && (
        <Wrong
          error={outcome.error}
          onReload={() => {
            setDraft(saved.setup);
            onSaved();
          }}
        />
      )}
      {outcome?.kind === 'effects' && outcome.of === draft && <Effects effects={outcome.effects} />}
      <div className="grid items-start gap-4 md:gap-5 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 gap-4">
          <General draft={draft} onChange={change} />
          <h3 className="text-[1.125rem] font-bold">{t('stations')}</h3>
          <p className="-mt-3 text-[0.9375rem] text-muted">{t('stationsNote')}</p>
          {draft.stations.map((station, index) => (
            <SetupStationCard
              // By place: a new station's name is still being typed.
              key={names.has(station.name) ? station.name : `new ${index}`}
              station={station}
              saved={names.has(station.name)}
              first={index === 0}
              last={index === draft.stations.length - 1}
              onChange={(more) => change(withStation(draft, index, more))}
              onFallback={() => change(withFallback(draft, index))}
              onMove={(by) => change(moved(draft, index, by))}
              onRemove={() => change(without(draft, index))}
            />
          ))}
          <Button
            size="desk"
            tone="outline"
            data-action="add-station"
            className="justify-self-start"
            onClick={() => change(added(draft, t('station')))}
          >
            <Icon of={Plus} className="size-4.5" /> {t('add')}
          </Button>
        </div>
        <aside className="grid gap-4 md:gap-5">
          <SetupTrial path={path} setup={draft} />
          <SetupChanges version={saved.version} />
        </aside>
      </div>
    </>
  );
}

function Wrong({ error, onReload }: { error: CallError; onReload: () => void }) {
  const t = useTranslations('manager');
  return (
    <div
      role="alert"
      data-status={error.status}
      className="grid gap-2 rounded-2xl border border-late bg-late-soft p-4 text-[1rem] font-semibold text-late"
    >
      {error.status === 409 && (
        <>
          <p>{t('setup.conflict')}</p>
          <Button size="desk" tone="outline" data-action="reload" className="justify-self-start" onClick={onReload}>
            {t('setup.reload')}
          </Button>
        </>
      )}
      {error.status === 0 && <p>{t('notAnswered')}</p>}
      {error.status !== 409 && error.status !== 0 && (
        <>
          <p>{t('setup.wrong')}</p>
          <ul className="font-normal">
            {error.errors.length === 0 ? (
              <li>{error.detail}</li>
            ) : (
              error.errors.map(({ field, message }) => (
                <li key={`${field} ${message}`}>{`${field.replace(/^setup\./, '')}: ${message}`}</li>
              ))
            )}
          </ul>
        </>
      )}
    </div>
  );
}

const modes: readonly Courses['mode'][] = ['together', 'manual', 'after-previous', 'timed'];

function General({ draft, onChange }: { draft: Setup; onChange: (setup: Setup) => void }) {
  const t = useTranslations('manager.setup');
  const { courses } = draft;
  return (
    <Panel title={t('restaurant')}>
      <div className="flex flex-wrap gap-3 p-4">
        <TextField
          label={t('name')}
          field="name"
          value={draft.name}
          max={100}
          onChange={(name) => onChange({ ...draft, name })}
          className="flex-1 basis-56"
        />
        <TextField
          label={t('timeZone')}
          field="time-zone"
          value={draft.timeZone}
          onChange={(timeZone) => onChange({ ...draft, timeZone })}
          className="flex-1 basis-40"
        />
        <SelectField
          label={t('courses')}
          field="courses"
          value={courses.mode}
          options={modes.map((mode) => [mode, t(`mode.${mode}`)] as const)}
          onChange={(mode) => onChange({ ...draft, courses: { ...courses, mode } })}
        />
        {courses.mode === 'timed' && (
          <MinutesField
            label={t('gap')}
            field="gap"
            seconds={courses.gapSeconds}
            onChange={(seconds) =>
              seconds !== null && onChange({ ...draft, courses: { ...courses, gapSeconds: seconds } })
            }
          />
        )}
        <SelectField
          label={t('allergySeen.label')}
          field="allergy-seen"
          value={draft.allergySeen ? 'on' : 'off'}
          options={[
            ['off', t('allergySeen.off')],
            ['on', t('allergySeen.on')],
          ]}
          onChange={(value) => onChange({ ...draft, allergySeen: value === 'on' })}
        />
        <div className="basis-full">
          <LeadFields
            lead={draft.lead}
            note={t('leadOfRestaurant')}
            onChange={(lead) => onChange({ ...draft, lead })}
          />
        </div>
      </div>
    </Panel>
  );
}
