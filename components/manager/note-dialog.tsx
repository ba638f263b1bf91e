'use client';
// A manager's note on a delay. It uses the browser's own dialog, which keeps the focus and closes by Escape.
import { useEffect, useRef, useState } from 'react';
import type { OrderView } from '../../server/protocol/views.ts';
import { useTranslations } from '../i18n/index.ts';
import { useSend } from '../live/index.ts';
import { Button, Form, Submit } from '../ui/index.ts';

const MOST = 500;
const ideas = ['help', 'told', 'remake'] as const;

export function NoteDialog({ order, onClose }: { order: OrderView; onClose: () => void }) {
  const t = useTranslations('manager.note');
  const send = useSend();
  const dialog = useRef<HTMLDialogElement>(null);
  const [note, setNote] = useState(order.delayNote?.note ?? '');
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  const give = (text: string | null) => {
    void send({ kind: 'note-delay', orderId: order.id, note: text });
    dialog.current?.close();
  };
  return (
    <dialog
      ref={dialog}
      aria-labelledby="note-title"
      onClose={onClose}
      className="m-auto w-[min(34rem,calc(100vw-1.5rem))] rounded-2xl border border-line bg-panel p-5 text-text backdrop:bg-black/40"
    >
      <Form
        className="grid gap-4"
        onSubmit={() => {
          if (note.trim()) give(note.trim());
        }}
      >
        <h2 id="note-title" className="text-[1.25rem] font-bold">
          {t('title', { number: order.number })}
        </h2>
        <label className="grid gap-1.5 text-[0.9375rem] font-semibold">
          {t('label')}
          <textarea
            data-field="note"
            value={note}
            maxLength={MOST}
            rows={3}
            onChange={(event) => setNote(event.target.value)}
            className="rounded-xl border border-line bg-bg px-3 py-2 text-[1.0625rem] font-normal"
          />
        </label>
        <div className="flex flex-wrap gap-2">
          {ideas.map((idea) => (
            <Button key={idea} size="desk" tone="plain" onClick={() => setNote(t(`ideas.${idea}`))}>
              {t(`ideas.${idea}`)}
            </Button>
          ))}
        </div>
        <p className="text-[0.875rem] text-muted">{t('hint')}</p>
        <div className="flex flex-wrap justify-end gap-2">
          {order.delayNote !== null && (
            <Button size="desk" tone="outline" data-action="remove-note" onClick={() => give(null)} className="mr-auto">
              {t('remove')}
            </Button>
          )}
          <Button size="desk" tone="outline" onClick={() => dialog.current?.close()}>
            {t('cancel')}
          </Button>
          <Submit size="desk" tone="info" data-action="save-note" disabled={!note.trim()}>
            {t('save')}
          </Submit>
        </div>
      </Form>
    </dialog>
  );
}
