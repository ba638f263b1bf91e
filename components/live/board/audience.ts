// The components that are told of a new view. The patient ones take long to draw: a finger's own card goes before them.

/** `atOnce`: a person waits for it, so it has to be drawn now, and else as there is time. */
export type Listener = (atOnce: boolean) => void;

export class Audience {
  readonly #eager = new Set<Listener>();
  readonly #patient = new Set<Listener>();

  /** @param patient is told after all others, and not in a finger's own task: even to look may take long */
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
