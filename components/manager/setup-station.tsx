'use client';
// One station of the set-up: its routes, its thresholds, and how it shows tickets.
import { ArrowDown, ArrowUp, Plus, Trash2, X } from 'lucide';
import { USUAL_THRESHOLD as USUAL, type Threshold } from '../../server/protocol/facts.ts';
import { ORDER_TYPES } from '../../server/protocol/domain.ts';
import type { SetupRoute, SetupStation } from '../../server/protocol/setup.ts';
import { useTranslations } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Button } from '../ui/index.ts';
import { CheckField, MinutesField, NumberField, SelectField, TextField } from './fields.tsx';
import { LeadFields } from './setup-lead.tsx';
import type { StationChange } from './setup-draft.ts';

export interface SetupStationProps {
  station: SetupStation;
  /** The station is saved under this name: another name would be another station. */
  saved: boolean;
  first: boolean;
  last: boolean;
  onChange: (change: StationChange) => void;
  onFallback: () => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}

/** The server takes no more. */
const MOST_AT_ONCE = 20;

const icon = 'grid size-11 place-items-center rounded-xl border border-line bg-panel disabled:opacity-40';

export function SetupStationCard({
  station,
  saved,
  first,
  last,
  onChange,
  onFallback,
  onMove,
  onRemove,
}: SetupStationProps) {
  const t = useTranslations('manager.setup');
  const { name, fallback, routes, combine, screen } = station;
  const setRoute = (index: number, route: SetupRoute) =>
    onChange({ routes: routes.map((one, i) => (i === index ? route : one)) });
  return (
    <fieldset data-setup-station={name} className="grid gap-3 rounded-2xl border border-line bg-panel p-4">
      <legend className="sr-only">{name}</legend>
      <div className="flex flex-wrap items-end gap-3">
        {saved ? (
          <h3 className="min-w-0 flex-1 self-center text-[1.125rem] font-bold break-words">{name}</h3>
        ) : (
          <TextField
            label={t('station')}
            field="station-name"
            value={name}
            onChange={(value) => onChange({ name: value })}
            className="flex-1"
          />
        )}
        <CheckField field="fallback" type="radio" name="fallback" checked={fallback} onChange={onFallback}>
          {t('fallback')}
        </CheckField>
        <CheckField field="combine" checked={combine} onChange={(checked) => onChange({ combine: checked })}>
          {t('combine')}
        </CheckField>
        <CheckField field="screen" checked={screen} onChange={(checked) => onChange({ screen: checked })}>
          {t('screen')}
        </CheckField>
        <div className="flex gap-2">
          <button
            type="button"
            data-action="up"
            aria-label={t('up', { name })}
            disabled={first}
            onClick={() => onMove(-1)}
            className={icon}
          >
            <Icon of={ArrowUp} className="size-5" />
          </button>
          <button
            type="button"
            data-action="down"
            aria-label={t('down', { name })}
            disabled={last}
            onClick={() => onMove(1)}
            className={icon}
          >
            <Icon of={ArrowDown} className="size-5" />
          </button>
          <button
            type="button"
            data-action="remove-station"
            aria-label={t('remove', { name })}
            disabled={first && last}
            onClick={onRemove}
            className={icon}
          >
            <Icon of={Trash2} className="size-5" />
          </button>
        </div>
      </div>
      <div className="grid gap-2">
        <p className="text-[0.9375rem] font-bold">
          {t('routes')} {routes.length === 0 && <span className="font-normal text-muted">{t('routesNone')}</span>}
        </p>
        {routes.map((route, index) => (
          <div
            key={index}
            data-route={index}
            className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)_auto] items-end gap-2"
          >
            {(['category', 'sku'] as const).map((field) => (
              <TextField
                key={field}
                label={t(field)}
                field={`route-${field}`}
                value={route[field] ?? ''}
                onChange={(value) => {
                  const { [field]: _, ...rest } = route;
                  setRoute(index, value === '' ? rest : { ...rest, [field]: value });
                }}
              />
            ))}
            <SelectField
              label={t('type')}
              field="route-type"
              value={route.type ?? 'any'}
              options={[['any', t('anyType')], ...ORDER_TYPES.map((type) => [type, t(`types.${type}`)] as const)]}
              onChange={(value) => {
                const { type: _, ...rest } = route;
                setRoute(index, value === 'any' ? rest : { ...rest, type: value });
              }}
            />
            <button
              type="button"
              data-action="remove-route"
              aria-label={t('removeRoute')}
              onClick={() => onChange({ routes: routes.filter((_, i) => i !== index) })}
              className={icon}
            >
              <Icon of={X} className="size-5" />
            </button>
          </div>
        ))}
        <Button
          size="desk"
          tone="outline"
          data-action="add-route"
          className="justify-self-start"
          onClick={() => onChange({ routes: [...routes, {}] })}
        >
          <Icon of={Plus} className="size-4.5" /> {t('addRoute')}
        </Button>
      </div>
      <Starting station={station} onChange={onChange} />
      <Thresholds station={station} onChange={onChange} />
      <LeadFields lead={station.lead} note={t('leadOfStation')} onChange={(lead) => onChange({ lead })} />
    </fieldset>
  );
}

/** How a cook says that a dish is begun, and how many tickets begin by themselves. */
function Starting({
  station: { start },
  onChange,
}: {
  station: SetupStation;
  onChange: (change: StationChange) => void;
}) {
  const t = useTranslations('manager.setup.start');
  return (
    <div className="flex flex-wrap items-end gap-3">
      <SelectField
        label={t('title')}
        field="start"
        value={start.mode}
        options={(['off', 'tap', 'auto'] as const).map((mode) => [mode, t(mode)] as const)}
        onChange={(mode) => onChange({ start: { ...start, mode } })}
      />
      {start.mode === 'auto' && (
        <NumberField
          label={t('first')}
          field="start-first"
          value={start.first}
          max={MOST_AT_ONCE}
          onChange={(first) => onChange({ start: { ...start, first } })}
        />
      )}
    </div>
  );
}

/** The default's thresholds always show; those of a type show once they are filled in. */
function Thresholds({
  station: { thresholds },
  onChange,
}: {
  station: SetupStation;
  onChange: (change: StationChange) => void;
}) {
  const t = useTranslations('manager.setup');
  const set = (type: 'default' | (typeof ORDER_TYPES)[number], change: Partial<Threshold> | null) => {
    const { [type]: held, ...rest } = thresholds;
    onChange({
      thresholds: change === null ? rest : { ...rest, [type]: { ...(held ?? thresholds.default ?? USUAL), ...change } },
    });
  };
  return (
    <details className="rounded-xl bg-bg px-3 py-2">
      <summary className="min-h-9 cursor-pointer py-1.5 text-[0.9375rem] font-bold">{t('thresholds')}</summary>
      <div className="grid gap-2 pb-2">
        {(['default', ...ORDER_TYPES] as const).map((type) => {
          const held = thresholds[type] ?? null;
          const shown = held ?? (type === 'default' ? USUAL : null);
          return (
            <div key={type} data-threshold={type} className="flex flex-wrap items-end gap-3">
              <span className="w-28 self-center font-semibold">{t(`types.${type}`)}</span>
              <MinutesField
                label={t('warn')}
                field="warn"
                seconds={shown?.warnSeconds ?? null}
                onChange={(seconds) => set(type, seconds === null ? null : { warnSeconds: seconds })}
              />
              <MinutesField
                label={t('late')}
                field="late"
                seconds={shown?.lateSeconds ?? null}
                onChange={(seconds) => set(type, seconds === null ? null : { lateSeconds: seconds })}
              />
            </div>
          );
        })}
      </div>
    </details>
  );
}
