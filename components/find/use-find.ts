'use client';
// Queries the server while somebody types: debounced after the last key, and an older answer never replaces a newer
// one.
import { useCallback, useEffect, useState } from 'react';
import { FindResult } from '../../server/protocol/find.ts';
import { useStore } from '../live/index.ts';

export type FindState =
  | { kind: 'idle' }
  | { kind: 'asking' }
  /** `busy`: this screen asked too often. */
  | { kind: 'unavailable'; busy: boolean }
  | ({ kind: 'found'; text: string } & Pick<Extract<FindResult, { outcome: 'found' }>, 'matches' | 'pipeline'>);

const TYPING_MS = 300;

export function useFind(text: string): { state: FindState; again: () => void } {
  const store = useStore();
  const [state, setState] = useState<FindState>({ kind: 'idle' });
  const [asked, setAsked] = useState(0);
  const again = useCallback(() => setAsked((times) => times + 1), []);
  useEffect(() => {
    if (!text) {
      setState({ kind: 'idle' });
      return undefined;
    }
    let current = true;
    setState((former) => (former.kind === 'found' ? former : { kind: 'asking' }));
    const timer = setTimeout(
      () => {
        store
          .ask({ type: 'find', text })
          .then(
            (answer) => FindResult.parse(answer),
            (): FindResult => ({ outcome: 'unavailable' }),
          )
          .then(
            (result) => {
              if (!current) return;
              setState(
                result.outcome === 'found'
                  ? { kind: 'found', text, ...result }
                  : { kind: 'unavailable', busy: result.outcome === 'too-many' },
              );
            },
            () => current && setState({ kind: 'unavailable', busy: false }),
          );
      },
      asked ? 0 : TYPING_MS,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [store, text, asked]);
  return { state, again };
}
