'use client';
// The form component of all pages. A server-rendered form can be filled in and sent before its script runs. The browser
// would then send it natively, which loses the typed text and, as GET, writes passwords into the address. So a form
// cannot be sent until its script runs. If a browser sends it all the same, it is a POST, which no page accepts and
// which the pages' policy forbids (form-action 'none').
import { createContext, useContext, useRef, useState, type ComponentProps } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import { useHydrated } from './use-hydrated.ts';

/** Whether this form cannot be sent now. */
const Waiting = createContext(true);

export interface FormProps extends Omit<ComponentProps<'form'>, 'onSubmit' | 'method' | 'action'> {
  /** Called with the contents of the fields. While it runs, the form cannot be sent again. It must not throw. */
  onSubmit: (given: FormData, form: HTMLFormElement) => void | Promise<void>;
  /**
   * Fields can be filled in before the script runs, for password managers that fill them while the page loads. Such
   * fields must be uncontrolled in React (no `value`), because React would not know text typed before it started.
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

/** The submit button of its form. While it is disabled, the Enter key does not send the form either. */
export function Submit({ disabled = false, ...rest }: Omit<ButtonProps, 'type'>) {
  const waiting = useContext(Waiting);
  return <Button {...rest} type="submit" disabled={disabled || waiting} />;
}
