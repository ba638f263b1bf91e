// The operator's calls to the kitchen's server for the demo: they set up its restaurants, and pair screens for the
// imaginary crew.
import { z } from 'zod';
import type { Restaurant } from './restaurants/index.ts';

const Device = z.object({ id: z.string(), url: z.string() });
const TIMEOUT_MS = 5000;

export interface NewDevice {
  name: string;
  restaurantId: string;
  role: 'kitchen' | 'expo' | 'floor' | 'manager';
  station?: string;
}

/** The server answered with an error, or with an unexpected body. */
class OperatorError extends Error {}

export class Operator {
  constructor(private readonly options: { url: string; token: string }) {}

  get url(): string {
    return this.options.url;
  }

  async setUp(restaurant: Restaurant): Promise<void> {
    const { name, timeZone, stations } = restaurant;
    await this.#call('PUT', `/api/v1/restaurants/${restaurant.id}`, {
      name,
      timeZone,
      stations: stations.map(({ name, fallback, categories }) => ({
        name,
        ...(fallback && { fallback }),
        routes: categories.map((category) => ({ category })),
      })),
    });
  }

  /**
   * @returns the new device's id, and the cookie that identifies its socket; the cookie comes from opening its address,
   * as a browser does
   */
  async pair(device: NewDevice): Promise<{ id: string; cookie: string }> {
    const { id, url } = Device.parse(await this.#call('POST', '/api/v1/devices', device));
    const cookies = new Map<string, string>();
    for (let address = new URL(url, this.url), hops = 0; hops < 5; hops++) {
      const response = await fetch(address, {
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { accept: 'text/html', cookie: jar(cookies) },
      });
      await response.body?.cancel();
      for (const cookie of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
        cookies.set(name.trim(), value.trim());
      }
      const next = response.headers.get('location');
      if (cookies.has(`heard_device_${id}`) || !next) break;
      address = new URL(next, address);
    }
    if (!cookies.has(`heard_device_${id}`)) throw new OperatorError('the new screen was not given its cookie');
    return { id, cookie: jar(cookies) };
  }

  async unpair(id: string): Promise<void> {
    await this.#call('DELETE', `/api/v1/devices/${id}`);
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { authorization: `Bearer ${this.options.token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new OperatorError(`${method} ${path} was answered ${response.status} ${text.slice(0, 200)}`);
    return text ? JSON.parse(text) : undefined;
  }
}

const jar = (cookies: Map<string, string>) => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
