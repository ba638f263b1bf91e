'use client';
// A component whose code is loaded when it is first needed. Unlike React's `lazy`, a load that failed breaks no page, and is
// tried again at the next need.
import { createElement, useEffect, useState, type ComponentType, type ReactNode } from 'react';

export interface LateCode<P> {
  (props: P): ReactNode;
  /** Loads the code ahead. It rejects where that is not possible now. */
  load: () => Promise<unknown>;
}

/** @param meanwhile shown until the code is there */
export function late<P extends object>(
  load: () => Promise<ComponentType<P>>,
  meanwhile: (props: P, failed: boolean) => ReactNode,
): LateCode<P> {
  let loaded: ComponentType<P> | null = null;
  const loadOnce = async () => (loaded ??= await load());
  const Shown = (props: P) => {
    const [failed, setFailed] = useState(false);
    const [, setLoaded] = useState(loaded !== null);
    useEffect(() => {
      let current = true;
      loadOnce().then(
        () => current && setLoaded(true),
        () => current && setFailed(true),
      );
      return () => {
        current = false;
      };
    }, []);
    return loaded ? createElement(loaded, props) : meanwhile(props, failed);
  };
  return Object.assign(Shown, { load: loadOnce });
}
