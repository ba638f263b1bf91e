// The front page. In the demo it leads to every screen; elsewhere it explains Heard and how to pair a screen.
import { headers } from 'next/headers';
import { DemoFront } from '../components/front/demo-front.tsx';
import { readDemo, readScreens } from '../components/front/page-headers.ts';
import { readPerson } from '../components/accounts/person-header.ts';
import { PairedFront } from '../components/front/paired-front.tsx';

export default async function FrontPage() {
  const asked = await headers();
  const restaurants = readDemo(asked);
  return restaurants === null ? (
    <PairedFront screens={readScreens(asked)} person={readPerson(asked)?.name ?? null} />
  ) : (
    <DemoFront restaurants={restaurants} />
  );
}
