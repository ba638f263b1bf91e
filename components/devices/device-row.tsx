'use client';
// One device of the list.
import { useState } from 'react';
import { PairingCode, type DeviceView } from '../../server/protocol/devices.ts';
import { useTranslations } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Form, Submit } from '../ui/form.tsx';
import { Field } from '../accounts/form.tsx';
import { manage } from '../accounts/manage-call.ts';
import { useWhen } from '../accounts/use-when.ts';

interface RowProps {
  device: DeviceView;
  at: string;
  run: (work: () => Promise<unknown>) => Promise<void>;
  onCode: (code: PairingCode) => void;
}

export function DeviceRow({ device, at, run, onCode }: RowProps) {
  const t = useTranslations('people');
  const words = useTranslations('common');
  const when = useWhen();
  const [open, setOpen] = useState<'change' | 'revoke' | null>(null);
  const path = `${at}/devices/${device.id}`;
  const act = (work: () => Promise<unknown>) =>
    run(work).then(
      () => setOpen(null),
      () => {},
    );
  const change = (given: FormData) =>
    act(() => manage(null, 'PUT', path, { name: given.get('name'), staffMinutes: Number(given.get('minutes')) }));
  return (
    <li
      data-device={device.name}
      data-state={device.pairedAt ? 'paired' : 'waiting'}
      className="grid grid-cols-[minmax(0,1fr)] gap-3 py-3"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-40 flex-1">
          <p className="text-[1rem] [overflow-wrap:anywhere] font-bold">
            {device.name}{' '}
            <span className="font-normal text-muted">
              {words(`roles.${device.role}`)}
              {device.station && ` · ${device.station}`}
            </span>
          </p>
          <p className="text-[0.875rem] [overflow-wrap:anywhere] text-muted">
            {device.pairedAt ? t('devices.pairedSince', { time: when(device.pairedAt) }) : t('devices.waiting')}
            {device.present && <span className="text-ready"> · {t('devices.present', { name: device.present })}</span>}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {!device.pairedAt && (
            <Button
              size="desk"
              tone="outline"
              data-action="new-code"
              onClick={() => void act(async () => onCode(await manage(PairingCode, 'POST', `${path}/code`)))}
            >
              {t('devices.newCode')}
            </Button>
          )}
          <Button
            size="desk"
            tone="outline"
            data-action="change-device"
            onClick={() => setOpen(open === 'change' ? null : 'change')}
          >
            {t('devices.rename')}
          </Button>
          <Button size="desk" tone="outline" data-action="revoke" onClick={() => setOpen('revoke')}>
            {t('devices.revoke')}
          </Button>
        </div>
      </div>
      {open === 'change' && (
        <Form onSubmit={change} className="flex flex-wrap items-end gap-3">
          <Field
            label={t('devices.name')}
            name="name"
            defaultValue={device.name}
            required
            maxLength={100}
            className="w-56"
          />
          <Field
            label={t('devices.minutes')}
            name="minutes"
            type="number"
            min={1}
            max={1440}
            defaultValue={device.staffMinutes}
            required
            className="w-56"
          />
          <Submit size="desk" tone="info" data-action="save-device">
            {t('devices.done')}
          </Submit>
        </Form>
      )}
      {open === 'revoke' && (
        <div role="group" className="flex flex-wrap items-center gap-3 rounded-lg bg-late-soft px-3 py-2">
          <p className="flex-[1_1_16rem] text-[0.9375rem]">{t('devices.revokeAsk', { name: device.name })}</p>
          <Button
            size="desk"
            tone="late"
            data-action="revoke-now"
            onClick={() => void act(() => manage(null, 'DELETE', path))}
          >
            {t('devices.revoke')}
          </Button>
          <Button size="desk" tone="outline" onClick={() => setOpen(null)}>
            {t('devices.cancel')}
          </Button>
        </div>
      )}
    </li>
  );
}
