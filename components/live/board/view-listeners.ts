// The components that are told of a new view. Components that take long to draw are told last, so that the card under a
// finger is drawn first.

/** @param atOnce whether a person waits for it, so that it must be drawn now; else it is drawn when there is time */
export type Listener = (atOnce: boolean) => void;

export class ViewListeners {
  readonly #eager = new Set<Listener>();
  readonly #patient = new Set<Listener>();

  /** @param patient is told after all others, and not in the task of a tap, because even its selector may take long */
  readonly subscribe = (listener: Listener, patient = false): (() => void) => {
    const listeners = patient ? this.#patient : this.#eager;
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  tell(atOnce: boolean): void {
    for (const listener of this.#eager) listener(atOnce);
    if (atOnce) setTimeout(() => this.#tellPatient());
    else this.#tellPatient();
  }

  /** All in one task, so that React draws them together. */
  #tellPatient(): void {
    for (const listener of this.#patient) listener(false);
  }
}
