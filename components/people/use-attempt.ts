'use client';
// What a form does: it tries, and says what went wrong.
import { useState } from 'react';
import { useProblem } from './use-problem.ts';

export interface Attempt {
  /** What went wrong the last time, in the reader's words; null where nothing did. */
  said: string | null;
  say: (words: string | null) => void;
  /** Runs the work, which may throw what `call` throws. @param wrong what a 401 means here */
  attempt: (work: () => Promise<void>, wrong?: string) => Promise<void>;
}

export function useAttempt(): Attempt {
  const problem = useProblem();
  const [said, say] = useState<string | null>(null);
  return {
    said, say,
    attempt: async (work, wrong) => {
      try {
        await work();
        say(null);
      } catch (error) { say(problem(error, wrong)); }
    },
  };
}
