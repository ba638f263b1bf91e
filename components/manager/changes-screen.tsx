'use client';
// The changes of the set-up, devices and people, and the commands to the kitchen, with person and time. They can be
// narrowed to one kind or one person.
import { useState } from 'react';
import { CHANGE_KINDS, ChangePage, type ChangeKind } from '../../server/protocol/changes.ts';
import { useTranslations } from '../i18n/index.ts';
import { ChangeList, changesPath } from './change-list.tsx';
import { SelectField } from './fields.tsx';
import { Panel } from './panel.tsx';
import { useInsight } from './use-insight.ts';

const EVERY_MS = 10_000;
const EVERYBODY = '';

export function ChangesScreen() {
  const t = useTranslations('manager.changes');
  const [kind, setKind] = useState<ChangeKind | 'all'>('all');
  const [by, setBy] = useState(EVERYBODY);
  const path = changesPath({ kind, by });
  const asked = useInsight(ChangePage, path, EVERY_MS);
  const [known, setKnown] = useState<readonly string[]>([]);
  const people = asked.data?.people ?? known;
  // The choice stays while another question is under way.
  if (people !== known) setKnown(people);
  return (
    <main className="grid max-w-5xl gap-4 p-4 md:p-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="text-[1.375rem] font-bold">{t('title')}</h2>
        <div className="flex flex-wrap gap-2 md:ml-auto">
          <SelectField
            inline
            label={t('kind')}
            field="kind"
            value={kind}
            options={[['all', t('all')], ...CHANGE_KINDS.map((one) => [one, t(`kinds.${one}`)] as const)]}
            onChange={setKind}
          />
          <SelectField
            inline
            label={t('who')}
            field="by"
            value={by}
            options={[[EVERYBODY, t('all')], ...people.map((one) => [one, one] as const)]}
            onChange={setBy}
          />
        </div>
      </div>
      <Panel title={t('sentence')}>
        <ChangeList key={path} path={path} asked={asked} />
      </Panel>
      <p className="max-w-prose text-[0.9375rem] text-muted">{t('kept')}</p>
    </main>
  );
}
