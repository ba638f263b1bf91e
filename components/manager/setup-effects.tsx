// The effects of a change of the set-up on the orders in the kitchen now. Nothing moves; the list names everything that
// stays where the new set-up would not send it.
import type { SetupEffects } from '../../server/protocol/setup.ts';
import { useTranslations } from '../i18n/index.ts';

export function Effects({ effects: { elsewhere, count, retired } }: { effects: SetupEffects }) {
  const t = useTranslations('manager.setup');
  return (
    <div
      data-effects={count}
      role="status"
      className="grid gap-2 rounded-2xl border border-line bg-panel p-4 text-[1rem]"
    >
      <h3 className="text-[1.0625rem] font-bold">{t('effects')}</h3>
      <p className="font-semibold">{count === 0 ? t('effectsNone') : t('elsewhere', { count })}</p>
      {elsewhere.length > 0 && (
        <ul className="grid max-h-72 gap-1 overflow-y-auto">
          {elsewhere.map(({ orderId, number, dish, from, to }, i) => (
            <li key={`${orderId} ${i}`}>{t('move', { number, dish, from, to })}</li>
          ))}
        </ul>
      )}
      {count > elsewhere.length && <p className="text-muted">{t('more', { count: count - elsewhere.length })}</p>}
      {retired.map(({ station, tickets, screens }) => (
        <p key={station} data-retired={station} className="font-semibold text-warn">
          {t('retired', { station, tickets, screens })}
        </p>
      ))}
    </div>
  );
}
