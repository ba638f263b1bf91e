'use client';
// Try a dish: the station that the set-up on the page would send it to, and the reason. The server's own routing
// answers.
import { useEffect, useState } from 'react';
import { ORDER_TYPES } from '../../server/protocol/domain.ts';
import { DishRouted, type Setup, type SetupRoute } from '../../server/protocol/setup.ts';
import { useTranslations } from '../i18n/index.ts';
import type { Words } from '../i18n/index.ts';
import { manage } from '../accounts/manage-call.ts';
import { SelectField, TextField } from './fields.tsx';
import { Panel } from './panel.tsx';
import { useSettled } from './use-insight.ts';

const SETTLE_MS = 250;

const routeWords = (t: Words<'manager'>, { category, sku, type }: SetupRoute): string =>
  [
    category === undefined ? null : `${t('setup.category')} ${category}`,
    sku === undefined ? null : `${t('setup.sku')} ${sku}`,
    type === undefined ? null : t(`setup.types.${type}`),
  ]
    .filter(Boolean)
    .join(' + ');

export function SetupTrial({ path, setup }: { path: string; setup: Setup }) {
  const t = useTranslations('manager');
  const [category, setCategory] = useState('');
  const [sku, setSku] = useState('');
  const [type, setType] = useState<'any' | (typeof ORDER_TYPES)[number]>('any');
  const [answer, setAnswer] = useState<{ asked: string; tried: DishRouted } | null>(null);
  const asked = useSettled(
    JSON.stringify({
      setup,
      dish: { category: category || null, sku: sku || null },
      type: type === 'any' ? null : type,
    }),
    SETTLE_MS,
  );
  useEffect(() => {
    let over = false;
    manage(DishRouted, 'POST', `${path}/setup/try`, JSON.parse(asked))
      .then((tried) => {
        if (!over) setAnswer({ asked, tried });
      })
      .catch(() => {
        if (!over) setAnswer(null);
      });
    return () => {
      over = true;
    };
  }, [path, asked]);
  return (
    <Panel title={t('setup.try')}>
      <div className="grid gap-3 p-4">
        <TextField label={t('setup.category')} field="try-category" value={category} onChange={setCategory} />
        <TextField label={t('setup.sku')} field="try-sku" value={sku} onChange={setSku} />
        <SelectField
          label={t('setup.type')}
          field="try-type"
          value={type}
          options={[['any', t('setup.anyType')], ...ORDER_TYPES.map((one) => [one, t(`setup.types.${one}`)] as const)]}
          onChange={setType}
        />
        <p data-tried={answer?.tried.station ?? ''} role="status" className="text-[1.0625rem] font-semibold">
          {answer !== null &&
            (answer.tried.route === null
              ? t('setup.triedRest', { station: answer.tried.station })
              : t('setup.tried', { station: answer.tried.station, route: routeWords(t, answer.tried.route) }))}
        </p>
        <p className="text-[0.875rem] text-muted">{t('setup.tryNote')}</p>
      </div>
    </Panel>
  );
}
