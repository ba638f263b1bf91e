'use client';
// A form's attempt to do something, with words for a failure.
import { useState } from 'react';
import { useProblem } from './use-problem.ts';

export interface Attempt {
  /** The last failure in the reader's words; null after a success. */
  said: string | null;
  say: (words: string | null) => void;
  /** Runs the work, which may throw a CallError. @param wrong the meaning of a 401 here */
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
 * For lists with rows that can be changed.
 * @param load reads the list again; it runs after every change, failed or not
 * @returns `reload`, which shows its own failure; `run`, which shows the failure of the work and then rejects
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
