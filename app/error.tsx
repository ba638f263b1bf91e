'use client';
// A page that broke. Nobody in a kitchen reads a stack or reaches for a keyboard, so it tries again by itself, ever more slowly.
import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Message } from '../components/front/page-frame.tsx';

const KEY = 'heard:error-retries';
const FIRST_S = 3;
const MOST_S = 30;
/** A page that ran this long since its last failure is taken for well. */
const WELL_MS = 60_000;

export default function ErrorPage() {
  const [left, setLeft] = useState<number | null>(null);

  useEffect(() => {
    setLeft(nextWait());
    const timer = setInterval(() => setLeft((seconds) => (seconds === null ? null : seconds - 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left !== null && left <= 0) location.reload();
  }, [left]);

  return (
    <Message icon={<RefreshCw aria-hidden className="size-16 text-warn" />} title="This screen had a problem">
      <p role="status">
        No order is lost. It starts again by itself{left !== null && left > 0 ? <span className="tabular-nums"> in {left} s</span> : ' now'}.
      </p>
      <p>
        <button type="button" onClick={() => location.reload()} className="min-h-16 rounded-xl bg-head px-6 font-bold text-text">
          Start again now
        </button>
      </p>
    </Message>
  );
}

/** Seconds to wait: doubled with each failure that follows closely on the last one. */
function nextWait(): number {
  const [tries = 0, at = 0] = (sessionStorage.getItem(KEY) ?? '').split(' ').map(Number);
  const again = Date.now() - at < WELL_MS ? tries + 1 : 0;
  sessionStorage.setItem(KEY, `${again} ${Date.now()}`);
  return Math.min(MOST_S, FIRST_S * 2 ** again);
}
