'use client';
// How long before its due time an order for later starts: for the restaurant, and for a station that is slower or
// quicker. An empty field falls back on the default, on the restaurant, and on 25 minutes.
import { ORDER_TYPES } from '../../server/protocol/domain.ts';
import type { Lead } from '../../server/protocol/facts.ts';
import { useTranslations } from '../i18n/index.ts';
import { MinutesField } from './fields.tsx';

export function LeadFields({ lead, note, onChange }: { lead: Lead; note: string; onChange: (lead: Lead) => void }) {
  const t = useTranslations('manager.setup');
  return (
    <details data-lead className="rounded-xl bg-bg px-3 py-2">
      <summary className="min-h-9 cursor-pointer py-1.5 text-[0.9375rem] font-bold">{t('lead')}</summary>
      <p className="pb-2 text-[0.9375rem] text-muted">{note}</p>
      <div className="flex flex-wrap gap-3 pb-2">
        {(['default', ...ORDER_TYPES] as const).map((type) => (
          <MinutesField
            key={type}
            label={t(`types.${type}`)}
            field={`lead-${type}`}
            seconds={lead[type] ?? null}
            onChange={(seconds) => {
              const { [type]: _, ...rest } = lead;
              onChange(seconds === null ? rest : { ...rest, [type]: seconds });
            }}
          />
        ))}
      </div>
    </details>
  );
}
