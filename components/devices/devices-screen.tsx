'use client';
// The devices of a restaurant: their screens, the people signed in there, pairing codes, and revoking.
import { useCallback, useEffect, useState } from 'react';
import { DeviceList, PairingCode, type DeviceView } from '../../server/protocol/devices.ts';
import { Role } from '../../server/protocol/domain.ts';
import { useTranslations } from '../i18n/index.ts';
import { Form, Submit } from '../ui/form.tsx';
import { CodeOnce } from '../accounts/code-once.tsx';
import { DeviceRow } from './device-row.tsx';
import { FormChoice, Field, FormNotice, FormPanel } from '../accounts/form.tsx';
import { manage } from '../accounts/manage-call.ts';
import { useAttempt, useChanges } from '../accounts/use-attempt.ts';
import { useProblem } from '../accounts/use-problem.ts';
import { asCallError, type CallError } from '../http/call.ts';

/** How often the list is read: the manager sees a paired tablet arrive. */
const LOOK_MS = 3000;

interface DevicesProps {
  restaurant: { id: string; name: string };
  address: string;
}

export function DevicesScreen({ restaurant, address }: DevicesProps) {
  const t = useTranslations('people');
  const at = `/restaurants/${encodeURIComponent(restaurant.id)}`;
  const [devices, setDevices] = useState<DeviceView[] | null>(null);
  const [stations, setStations] = useState<string[]>([]);
  const [code, setCode] = useState<PairingCode | null>(null);
  const [failure, setFailure] = useState<CallError | null>(null);
  const problem = useProblem();
  const load = useCallback(
    () =>
      manage(DeviceList, 'GET', `${at}/devices`).then(
        (answer) => {
          setFailure(null);
          setDevices(answer.devices);
          setStations(answer.stations);
          setCode((held) =>
            held && answer.devices.some(({ id, pairedAt }) => id === held.id && pairedAt === null) ? held : null,
          );
        },
        (error: unknown) => setFailure(asCallError(error)),
      ),
    [at],
  );
  useEffect(() => {
    void load();
    const timer = setInterval(() => {
      if (!document.hidden) void load();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [load]);
  const { said, run } = useChanges(load);
  return (
    <main data-page="devices" className="grid w-full max-w-6xl grid-cols-1 content-start gap-4 p-4 md:gap-5 md:p-6">
      <div className="grid gap-1">
        <h2 className="text-[1.375rem] font-bold">{t('devices.title')}</h2>
        <p className="max-w-2xl text-[0.9375rem] leading-6 text-muted">
          {t('devices.lead', { address: `${address}/pair` })}
        </p>
      </div>
      <FormNotice>{said ?? (failure && problem(failure))}</FormNotice>
      {code && <CodeOnce code={code} address={`${address}/pair`} />}
      <div className="grid grid-cols-1 items-start gap-6 md:grid-cols-[1fr_20rem]">
        <FormPanel>
          {devices?.length === 0 && <p className="text-muted">{t('devices.empty')}</p>}
          <ul className="grid divide-y divide-line *:first:pt-0 *:last:pb-0" aria-label={t('devices.title')}>
            {devices?.map((device) => (
              <DeviceRow key={device.id} device={device} at={at} run={run} onCode={setCode} />
            ))}
          </ul>
        </FormPanel>
        <NewDevice
          at={at}
          stations={stations}
          onCode={(made) => {
            setCode(made);
            void load();
          }}
        />
      </div>
    </main>
  );
}

function NewDevice({ at, stations, onCode }: { at: string; stations: string[]; onCode: (code: PairingCode) => void }) {
  const t = useTranslations('people');
  const words = useTranslations('common');
  const { said, attempt } = useAttempt();
  const [role, setRole] = useState<string>('kitchen');
  const submit = (given: FormData, form: HTMLFormElement) =>
    attempt(async () => {
      onCode(
        await manage(PairingCode, 'POST', `${at}/devices`, {
          name: given.get('name'),
          role,
          ...(role === 'kitchen' && { station: given.get('station') }),
        }),
      );
      form.reset();
      setRole('kitchen');
    });
  return (
    <FormPanel title={t('devices.add')}>
      <Form onSubmit={submit} className="grid gap-4" data-form="new-device">
        <Field label={t('devices.name')} name="name" required maxLength={100} />
        <FormChoice
          label={t('devices.role')}
          name="role"
          value={role}
          onChange={(event) => setRole(event.target.value)}
          options={Role.options.map((value) => ({ value, name: words(`roles.${value}`) }))}
        />
        {role === 'kitchen' && (
          <FormChoice
            label={t('devices.station')}
            name="station"
            options={stations.map((name) => ({ value: name, name }))}
          />
        )}
        <FormNotice>{said}</FormNotice>
        <Submit
          tone="info"
          size="desk"
          className="justify-self-start"
          disabled={role === 'kitchen' && stations.length === 0}
          data-action="new-device"
        >
          {t('devices.save')}
        </Submit>
      </Form>
    </FormPanel>
  );
}
