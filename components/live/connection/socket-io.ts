// The screen's end of Socket.IO: the part of its protocol that screens use (a WebSocket, one namespace, JSON,
// acknowledgements), without what they do not (other transports, binary packets, buffering what cannot be sent). It is
// a tenth of the size of the usual client, and that is a fifteenth of all the script that a kitchen's tablet has to
// load and read.
//
//   Engine.IO 4: packets begin with a digit. 0 open, 1 close, 2 ping (answered by 3), 4 a packet of Socket.IO, 6 nothing
//   Socket.IO 5: another digit. 0 connected (its answer to 40 and who we are), 1 disconnected, 2 event, 3 acknowledgement, 4 refused
// https://socket.io/docs/v4/engine-io-protocol/  https://socket.io/docs/v4/socket-io-protocol/

export interface SocketEvents {
  /** Let in: messages may pass. */
  readonly opened: () => void;
  /** Over, or never begun. Comes once for each `open`, unless `close` was called. */
  readonly closed: () => void;
  /** The server answered, and does not let this socket in; `closed` follows. */
  readonly refused: (reason: string) => void;
  readonly message: (raw: unknown) => void;
}

interface Asked {
  readonly answer: (value: unknown) => void;
  readonly fail: (error: Error) => void;
}

export class SocketIo {
  readonly #events: SocketEvents;
  readonly #make: (url: string) => WebSocket;
  readonly #asked = new Map<number, Asked>();
  #nextId = 0;
  #socket: WebSocket | null = null;
  #connected = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(events: SocketEvents, make = (url: string) => new WebSocket(url)) {
    this.#events = events;
    this.#make = make;
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** @param who what the server is told of this screen; `withinMs` is the time that it has to let us in */
  open(url: string, who: object, withinMs: number): void {
    this.close();
    const socket = this.#make(url);
    this.#socket = socket;
    this.#timer = setTimeout(() => this.#end(socket), withinMs);
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket && typeof data === 'string') this.#receive(socket, data, who);
    });
    socket.addEventListener('close', () => this.#end(socket));
    socket.addEventListener('error', () => this.#end(socket));
  }

  /** Nothing more is heard of this socket. */
  close(): void {
    const socket = this.#socket;
    this.#forget();
    socket?.close();
  }

  /** @returns whether the message was on its way */
  emit(message: unknown): boolean {
    if (!this.#connected) return false;
    this.#socket?.send(`42${JSON.stringify(['message', message])}`);
    return true;
  }

  /** @throws Error where the socket ends, or no answer comes in time */
  ask(message: unknown, withinMs: number): Promise<unknown> {
    return new Promise((answer, fail) => {
      if (!this.#connected) return fail(new Error('there is no socket'));
      const id = this.#nextId++;
      const timer = setTimeout(() => {
        this.#asked.delete(id);
        fail(new Error('no answer in time'));
      }, withinMs);
      const settle =
        <T>(how: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          how(value);
        };
      this.#asked.set(id, { answer: settle(answer), fail: settle(fail) });
      this.#socket?.send(`42${id}${JSON.stringify(['message', message])}`);
    });
  }

  #receive(socket: WebSocket, data: string, who: object): void {
    const kind = data[0] === '4' ? data.slice(0, 2) : data[0];
    const rest = data.slice(2);
    switch (kind) {
      case '0':
        return socket.send(`40${JSON.stringify(who)}`);
      case '2':
        return socket.send('3');
      case '1':
      case '41':
        return this.#end(socket);
      case '40':
        clearTimeout(this.#timer);
        this.#connected = true;
        return this.#events.opened();
      case '44':
        this.#events.refused(String((parsed(rest) as { message?: unknown } | undefined)?.message));
        return this.#end(socket);
      case '42':
        return this.#events.message((parsed(rest) as unknown[] | undefined)?.[1]);
      case '43': {
        const id = /^\d+/.exec(rest)?.[0] ?? '';
        const asked = this.#asked.get(Number(id));
        this.#asked.delete(Number(id));
        return asked?.answer((parsed(rest.slice(id.length)) as unknown[] | undefined)?.[0]);
      }
      default:
        return undefined;
    }
  }

  #end(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#forget();
    socket.close();
    this.#events.closed();
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#socket = null;
    this.#connected = false;
    const asked = [...this.#asked.values()];
    this.#asked.clear();
    for (const { fail } of asked) fail(new Error('the socket ended'));
  }
}

/** What is no JSON is nothing that anybody knows. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
