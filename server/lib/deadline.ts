// A bound on waiting: the caller gets an answer in time, though the work behind it may go on.

export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * @param ms how long to wait for `work`
 * @throws DeadlineError when it took longer; else the error of `work`
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {}); // it may still fail when no caller waits any more
  }
}
