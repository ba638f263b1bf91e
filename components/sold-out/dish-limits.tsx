'use client';
// How many of a dish are left, and until when it is sold out. Each tap counts at once.
import { Minus, Plus } from 'lucide';
import { useId, useState, type ReactNode } from 'react';
import type { SoldOut } from '../../server/protocol/facts.ts';
import { DAY_ENDS_AT, nextTimeOfDay } from '../../server/protocol/rules/clock-times.ts';
import { isGone } from '../../server/protocol/rules/sold-out.ts';
import { useNow } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Button } from '../ui/index.ts';
import { useTelling } from './use-dish-tag.ts';

export interface AskedOfDish {
  readonly on: boolean;
  readonly until?: string | null;
  readonly left?: number | null;
}

interface Props {
  readonly mark: SoldOut | null;
  readonly size: 'kitchen' | 'floor';
  readonly onChange: (asked: AskedOfDish) => void;
}

const HOURS = [1, 2];
const AT_FIRST = 5;
const MOST_LEFT = 999;
const box = 'rounded-xl border-2 border-line bg-bg px-3 text-center text-[1.25rem] font-bold tabular-nums';
const MINUTE_MS = 60_000;

export function DishLimits({ mark, size, onChange }: Props) {
  const { t, times, timeZone } = useTelling();
  const now = useNow();
  const left = mark && !isGone(mark) ? mark.left : null;
  const until = mark?.until ?? null;
  const [count, setCount] = useState(left ?? AT_FIRST);
  const [time, setTime] = useState('');
  const asked = { on: true, left };
  const untilAt = (at: number) => onChange({ ...asked, until: new Date(at).toISOString() });
  const nextAt = (clock: string) => nextTimeOfDay(clock, timeZone, now);
  const isAt = (at: number) => until !== null && Date.parse(until) === at;
  const valid = /^\d\d:\d\d$/.test(time);
  const set = (many: number) => setCount(Math.max(1, Math.min(MOST_LEFT, Math.round(many) || 1)));
  const field = `${box} ${size === 'kitchen' ? 'min-h-16' : 'min-h-13'}`;
  const dayEnd = nextAt(DAY_ENDS_AT);
  return (
    <div className="grid gap-3 pt-1 pb-3" data-nothing-to-lose>
      <Part title={t('howMany')}>
        <Button size={size} data-action="fewer" aria-label={t('fewer')} onClick={() => set(count - 1)}>
          <Icon of={Minus} className="size-6" strokeWidth={3} />
        </Button>
        <input
          type="number"
          inputMode="numeric"
          min={1}
          max={MOST_LEFT}
          aria-label={t('howMany')}
          value={count}
          onFocus={(event) => event.target.select()}
          onChange={(event) => set(Number(event.target.value))}
          className={`${field} w-20`}
        />
        <Button size={size} data-action="more" aria-label={t('more')} onClick={() => set(count + 1)}>
          <Icon of={Plus} className="size-6" strokeWidth={3} />
        </Button>
        <Button
          size={size}
          data-action="set-left"
          tone={left === count ? 'info' : 'plain'}
          aria-pressed={left === count}
          onClick={() => onChange({ on: true, until, left: count })}
        >
          {t('left', { count: String(count) })}
        </Button>
        {left !== null && (
          <Button size={size} data-action="uncount" onClick={() => onChange({ on: false })}>
            {t('uncount')}
          </Button>
        )}
      </Part>
      <Part title={t('howLong')}>
        <Choice
          size={size}
          chosen={mark !== null && until === null}
          onClick={() => onChange({ ...asked, until: null })}
        >
          {t('byHand')}
        </Choice>
        <Choice size={size} chosen={isAt(dayEnd)} onClick={() => untilAt(nextAt(DAY_ENDS_AT))}>
          {t('dayEnd', { time: times.time(dayEnd, timeZone) })}
        </Choice>
        {HOURS.map((hours) => (
          <Choice
            key={hours}
            size={size}
            chosen={false}
            onClick={() => untilAt(Math.ceil((now + hours * 60 * MINUTE_MS) / MINUTE_MS) * MINUTE_MS)}
          >
            {t('hours', { count: hours })}
          </Choice>
        ))}
        <input
          type="time"
          aria-label={t('time')}
          value={time}
          onChange={(event) => setTime(event.target.value)}
          className={field}
        />
        {valid && (
          <Choice size={size} chosen={isAt(nextAt(time))} onClick={() => untilAt(nextAt(time))}>
            {t('untilTime', { time })}
          </Choice>
        )}
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <p id={id} className="pb-1 text-[1rem] font-bold text-muted">
        {title}
      </p>
      <div className="flex flex-wrap gap-2">{children}</div>
    </div>
  );
}

interface ChoiceProps extends Pick<Props, 'size'> {
  readonly chosen: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

const Choice = ({ size, chosen, onClick, children }: ChoiceProps) => (
  <Button size={size} data-action="until" aria-pressed={chosen} tone={chosen ? 'info' : 'plain'} onClick={onClick}>
    {children}
  </Button>
);
