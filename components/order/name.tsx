// The name of a dish, as upstream wrote it: it keeps to itself whichever way it is written, and breaks where its
// language breaks.
import { withSoftBreaks } from './soft-breaks.ts';

export function Name({ children: name, className }: { children: string; className?: string }) {
  return (
    <bdi lang={languageOf(name)} className={className}>
      {withSoftBreaks(name)}
    </bdi>
  );
}

/** The languages whose rules of breaking a browser applies only if it is told (globals.css). */
function languageOf(name: string): string | undefined {
  if (/[\u3040-\u30FF]/.test(name)) return 'ja';
  return /[\uAC00-\uD7AF]/.test(name) ? 'ko' : undefined;
}
