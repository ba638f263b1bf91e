// The paired screens of a restaurant as its managers see them, and the way to pair one.
import * as z from 'zod/mini';
import { Role } from './domain.ts';

/** `pairedAt` is null until a browser has become the device, `present` is the name of the person signed in there. */
export const DeviceView = z.object({
  id: z.string(),
  name: z.string(),
  role: Role,
  station: z.nullable(z.string()),
  staffMinutes: z.number(),
  createdAt: z.string(),
  pairedAt: z.nullable(z.string()),
  pairingUntil: z.nullable(z.string()),
  present: z.nullable(z.string()),
});
export type DeviceView = z.infer<typeof DeviceView>;

/** `stations` are the names that a new kitchen screen can have. */
export const DeviceList = z.object({ devices: z.array(DeviceView), stations: z.array(z.string()) });
export type DeviceList = z.infer<typeof DeviceList>;

/** The code and the link that pair a device. The server keeps only their hashes, so they are shown this once. */
export const PairingCode = z.object({ id: z.string(), code: z.string(), url: z.string(), expiresAt: z.string() });
export type PairingCode = z.infer<typeof PairingCode>;

/** The page of the screen that this browser has become. */
export const PairedScreen = z.object({ location: z.string() });
