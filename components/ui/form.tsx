'use client';
// Every form of ours. What the server rendered can be filled in and sent before its script runs; a browser then sends
// it by itself, which loses what was typed and, as GET, writes passwords into the address. So nothing can be sent until
// the script is there; and should a browser send it yet, it is a POST, which no page takes (and which the pages'
// policy, form-action 'none', forbids).
import { createContext, useContext, useRef, useState, type ComponentProps } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import { useHydrated } from './use-hydrated.ts';

/** Whether this form cannot be sent now. */
const Waiting = createContext(true);

export interface FormProps extends Omit<ComponentProps<'form'>, 'onSubmit' | 'method' | 'action'> {
  /** Given what stands in the fields. While it runs, the form cannot be sent again; it must not throw. */
  onSubmit: (given: FormData, form: HTMLFormElement) => void | Promise<void>;
  /**
   * Fields can be filled before the script is there: for what password managers fill in while the page loads. They must
   * not be React's (no `value`): what was typed before it came would not be known to it.
   */
  early?: boolean;
}

export function Form({ onSubmit, early = false, children, ...rest }: FormProps) {
  const hydrated = useHydrated();
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const run = async (form: HTMLFormElement) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    try {
      await onSubmit(new FormData(form), form);
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return (
    <form
      method="post"
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        void run(event.currentTarget);
      }}
      {...rest}
    >
      <fieldset disabled={!hydrated && !early} className="contents">
        <Waiting value={!hydrated || busy}>{children}</Waiting>
      </fieldset>
    </form>
  );
}

/** The button that sends the form it stands in. Where it is disabled, the Enter key does not send either. */
export function Submit({ disabled = false, ...rest }: Omit<ButtonProps, 'type'>) {
  const waiting = useContext(Waiting);
  return <Button {...rest} type="submit" disabled={disabled || waiting} />;
}
