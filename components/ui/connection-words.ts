// The texts about how far a screen can be trusted: the pill's few words, and the banner's sentence.
import type { Words } from '../i18n/index.ts';
import type { Cause, Connection } from '../live/index.ts';
import type { TimeFormats } from '../i18n/times.ts';

export function pillWords(
  t: Words<'common'>,
  times: TimeFormats,
  connection: Connection,
  cause: Cause | null,
  confirmedAgo: number | null,
): { long: string; short: string } {
  if (connection === 'live') {
    const age = times.span(confirmedAgo ?? 0);
    return { long: t('pill.live', { age }), short: t('pill.liveShort', { age }) };
  }
  if (cause?.kind === 'behind') return same(t('pill.behind', { age: times.age(cause.seconds * 1000) }));
  if (cause?.kind === 'connecting' && confirmedAgo === null) return same(t('pill.connecting'));
  if (confirmedAgo === null) return same(t(`pill.${connection}`));
  return same(t(`pill.${connection}For`, { age: times.age(confirmedAgo) }));
}

const same = (words: string) => ({ long: words, short: words });

export interface BannerWords {
  /** The part of the board that may be wrong. */
  readonly title: string;
  /** The reason, and the next step. */
  readonly why: string;
}

/** @param backIn the seconds until a server that is behind will have caught up, if that can be told */
export function bannerWords(t: Words<'common'>, times: TimeFormats, cause: Cause, backIn: number | null): BannerWords {
  switch (cause.kind) {
    case 'device-offline':
    case 'server-away':
      return { title: t('banner.notArriving'), why: t(`banner.why.${cause.kind}`) };
    case 'connecting':
    case 'silent':
    case 'database-away':
    case 'kafka-away':
      return { title: t('banner.mayBeMissing'), why: t(`banner.why.${cause.kind}`) };
    case 'reading-again':
      return { title: t('banner.asBefore'), why: t('banner.why.reading-again') };
    case 'behind': {
      const behind = { span: times.span(cause.seconds * 1000), messages: cause.messages };
      return {
        title: t('banner.mayBeMissing'),
        why:
          backIn === null
            ? t('banner.why.behind', behind)
            : t('banner.why.catchingUp', { ...behind, back: times.span(backIn * 1000) }),
      };
    }
    case 'order-api-down':
      return { title: t('banner.newAndChanged'), why: t('banner.why.order-api-down') };
    case 'outdated':
      return { title: t('banner.outdated'), why: t('banner.why.outdated') };
    case 'revoked':
    case 'not-paired':
      return { title: t('banner.notPaired'), why: t('banner.why.not-paired') };
  }
}
