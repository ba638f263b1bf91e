// For a page that was opened without a paired device, and for a pairing link that does not work any more.
import { Link2Off } from 'lucide-react';
import type { Metadata } from 'next';
import { Message } from '../../components/front/page-frame.tsx';

export const metadata: Metadata = { title: 'Not paired' };

const reasons: Record<string, string> = {
  expired: 'This link is too old',
  used: 'This link was used already',
  revoked: 'This screen was signed out',
};
const explanations: Record<string, string> = {
  expired: 'A pairing link works for 5 minutes after it was made.',
  used: 'A pairing link works once, in the browser that opens it first. If that was not you, tell a manager.',
  revoked: 'A manager took this device off the list of screens.',
};

export default async function NotPairedPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { why } = await searchParams;
  const key = typeof why === 'string' && Object.hasOwn(reasons, why) ? why : null;
  return (
    <Message icon={<Link2Off aria-hidden className="size-16 text-warn" />} title={(key && reasons[key]) ?? 'This screen is not paired yet'}>
      <p>{(key && explanations[key]) ?? 'Only paired devices see orders, and this browser is not one, or not for this screen.'}</p>
      <p>
        <strong className="text-text">Please ask a manager or the operator for a new pairing link</strong>, and open it on this device. It becomes the screen at once.
      </p>
      <p>
        <a href="/" className="inline-flex min-h-16 items-center rounded-xl bg-head px-6 font-bold text-text">
          Screens of this browser
        </a>
      </p>
    </Message>
  );
}
