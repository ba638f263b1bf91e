// An address that leads nowhere.
import { Compass } from 'lucide-react';
import { Message } from '../components/front/page-frame.tsx';

export default function NotFound() {
  return (
    <Message icon={<Compass aria-hidden className="size-16 text-info" />} title="There is nothing at this address">
      <p>The address may be mistyped, or the station may have another name now.</p>
      <p>
        <a href="/" className="inline-flex min-h-16 items-center rounded-xl bg-head px-6 font-bold text-text">
          Screens of this browser
        </a>
      </p>
    </Message>
  );
}
