'use client';
// The dishes of an order, whole, with what each contains: a card shows only the beginning of a long note. At the pass
// each can go out alone once it is ready, go to another station while nobody has finished it, and be marked as sold out.
import { ArrowRightLeft, Ban, CheckCheck } from 'lucide';
import { useState } from 'react';
import type { LineView, OrderView } from '../../server/protocol/views.ts';
import { useTranslations } from '../i18n/index.ts';
import { useBoard, useSend } from '../live/index.ts';
import { isLive } from '../order/cards.ts';
import { isAllergyNote } from '../order/allergies.ts';
import { AllergyMarks, Contains } from '../order/allergy-band.tsx';
import { ModifierList, UnreadParts } from '../order/modifier-list.tsx';
import { Name } from '../order/name.tsx';
import { quantityWords } from '../../server/protocol/rules/quantity.ts';
import { SheetButton, ButtonRow, SheetPart } from './sheet-parts.tsx';
import type { OrderActions } from './use-order-actions.ts';
import { useDishTag } from '../sold-out/use-dish-tag.ts';

export function SheetLines({ order, pass, serve }: { order: OrderView; pass: boolean; serve: OrderActions['serve'] }) {
  const t = useTranslations('floor');
  return (
    <SheetPart title={t('sheet.dishes')}>
      <ul className="grid gap-2">
        {order.lines.filter(isLive).map((line) => (
          <SheetLine key={line.id} order={order} line={line} pass={pass} onServe={(served) => serve(order, [served])} />
        ))}
      </ul>
    </SheetPart>
  );
}

function SheetLine({
  order,
  line,
  pass,
  onServe,
}: {
  order: OrderView;
  line: LineView;
  pass: boolean;
  onServe: (line: LineView) => void;
}) {
  const t = useTranslations('floor');
  const facts = useBoard((view) => view.facts);
  const send = useSend();
  const [moving, setMoving] = useState(false);
  const others = facts.stations.filter(({ id, retired }) => id !== line.stationId && !retired);
  const movable =
    pass && others.length > 0 && (line.state === 'waiting' || line.state === 'cooking' || line.state === 'held');
  const soldOutWords = useTranslations('soldOut');
  const tag = useDishTag()(line);
  const soldOut = tag?.gone ?? false;
  const transfer = (stationId: string) => {
    setMoving(false);
    void send({ kind: 'transfer', orderId: order.id, lineIds: [line.id], stationId });
  };
  return (
    <li data-sheet-line={line.id} className="rounded-xl border border-line px-3.5 py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-40 flex-1 text-[1.0625rem] font-semibold [overflow-wrap:anywhere]">
          {quantityWords(line.quantity, line.unit)} <Name>{line.name}</Name>{' '}
          <span className="font-normal text-muted">{facts.stations.find(({ id }) => id === line.stationId)?.name}</span>
          {tag && <span className={`block font-bold ${soldOut ? 'text-late' : 'text-warn'}`}>{tag.words}</span>}
          <AllergyMarks order={order} line={line} className="text-[1rem] leading-6" />
          <ModifierList
            order={order}
            line={line}
            look={(effect) =>
              `text-[0.9375rem] leading-5 ${effect === 'left-out' ? 'font-extrabold text-late' : effect === 'allergy' ? 'font-extrabold text-allergy' : 'font-medium text-warn'}`
            }
          />
          <UnreadParts line={line} className="text-[0.9375rem]" />
          {line.note && (
            <span
              className={`block text-[0.9375rem] leading-5 whitespace-pre-line ${isAllergyNote(order, line) ? 'font-extrabold text-allergy' : 'font-normal'}`}
            >
              “<bdi>{line.note}</bdi>”
            </span>
          )}
          <Contains order={order} line={line} className="text-[0.9375rem] leading-5 font-normal" />
        </p>
        {line.state === 'ready' && (
          <SheetButton icon={CheckCheck} action="serve" onClick={() => onServe(line)}>
            {t('serve')}
          </SheetButton>
        )}
        {movable && (
          <SheetButton icon={ArrowRightLeft} action="transfer" pressed={moving} onClick={() => setMoving(!moving)}>
            {t('sheet.transfer')}
          </SheetButton>
        )}
        {pass && (
          <SheetButton
            icon={Ban}
            action="sold-out"
            pressed={soldOut}
            onClick={() => void send({ kind: 'sold-out', dish: { sku: line.sku, name: line.name }, on: !soldOut })}
          >
            {soldOutWords('tag')}
          </SheetButton>
        )}
      </div>
      {moving && movable && (
        <div className="pt-2">
          <ButtonRow>
            {others.map(({ id, name }) => (
              <SheetButton key={id} action="transfer-to" onClick={() => transfer(id)}>
                {t('sheet.transferTo', { station: name })}
              </SheetButton>
            ))}
          </ButtonRow>
        </div>
      )}
    </li>
  );
}
