'use client';
// Counts how often fonts have been loaded. Text measured before a load has another width after it.
import { useEffect, useState } from 'react';
import { forgetWidths } from './text-rows.ts';

export function useFonts(): number {
  const [loads, setLoads] = useState(0);
  useEffect(() => {
    const loaded = () => {
      forgetWidths();
      setLoads((count) => count + 1);
    };
    document.fonts.addEventListener('loadingdone', loaded);
    return () => document.fonts.removeEventListener('loadingdone', loaded);
  }, []);
  return loads;
}
