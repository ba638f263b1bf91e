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
    said,
    say,
    attempt: async (work, wrong) => {
      try {
        await work();
        say(null);
      } catch (error) {
        say(problem(error, wrong));
      }
    },
  };
}

/**
 * For lists of which each row can be changed.
 * @param load reads the list again, whatever became of the change
 * @returns `reload`, which says where it could not; `run`, which rejects where the work did, once it is said
 */
export function useChanges(load: () => Promise<void>): {
  said: string | null;
  reload: () => Promise<void>;
  run: (work: () => Promise<unknown>) => Promise<void>;
} {
  const problem = useProblem();
  const [said, say] = useState<string | null>(null);
  const reload = () => load().catch((error: unknown) => say(problem(error)));
  return {
    said,
    reload,
    run: async (work) => {
      say(null);
      try {
        await work();
      } catch (error) {
        say(problem(error));
        throw error;
      } finally {
        await reload();
      }
    },
  };
}
