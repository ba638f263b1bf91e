// Reads a file of real orders, and the menu with each dish's category. An error names the file, the line, and the
// expected value.
import { createReadStream } from 'node:fs';
import { parse, type Info } from 'csv-parse';
import { ConfigError } from './config.ts';
import type { NewLine } from './order.ts';

export interface FileOrder {
  number: string;
  at: number;
  items: NewLine[];
}

interface Row {
  record: Record<string, string>;
  info: Info;
}
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?$/;

/** @throws ConfigError of one line */
export async function readOrders(file: string, categories: Map<string, string>): Promise<FileOrder[]> {
  const orders = new Map<string, FileOrder>();
  for await (const { record, info } of rows(file, ['order_number', 'ordered_at', 'item_name', 'quantity'])) {
    const wrong = (column: string, right: string) =>
      new ConfigError(
        `${file} line ${info.lines}: ${column} is ${JSON.stringify(record[column])}, but must be ${right}`,
      );
    const { order_number: number = '', ordered_at: time = '', item_name: name = '', quantity = '' } = record;
    if (!number || number.length > 40) throw wrong('order_number', 'a text of up to 40 characters');
    // Parsed as UTC. The file's clock is local, but only the gaps between its times matter.
    const at = TIME.test(time) ? Date.parse(`${time.replace(' ', 'T')}Z`) : Number.NaN;
    if (Number.isNaN(at)) throw wrong('ordered_at', 'a time such as 2019-08-03T18:24:00');
    if (!name) throw wrong('item_name', 'the name of a dish');
    if (!/^[1-9]\d{0,3}$/.test(quantity)) throw wrong('quantity', 'a whole number from 1 to 9999');
    const category = categories.get(name);
    const order = orders.get(number) ?? { number, at, items: [] };
    orders.set(number, order);
    order.items.push({ name, quantity: Number(quantity), ...(category !== undefined && { category }) });
  }
  if (!orders.size) throw new ConfigError(`${file} holds no orders`);
  return [...orders.values()].sort((a, b) => a.at - b.at);
}

/** @throws ConfigError of one line */
export async function readMenu(file: string): Promise<Map<string, string>> {
  const categories = new Map<string, string>();
  for await (const { record, info } of rows(file, ['item_name', 'category'])) {
    const { item_name: name, category } = record;
    if (!name || !category)
      throw new ConfigError(
        `${file} line ${info.lines}: ${name ? 'category' : 'item_name'} is empty, but every dish needs both`,
      );
    categories.set(name, category);
  }
  return categories;
}

async function* rows(file: string, columns: string[]): AsyncGenerator<Row> {
  const header = (names: string[]) => {
    const missing = columns.filter((column) => !names.includes(column));
    if (missing.length)
      throw new ConfigError(
        `${file} line 1: there is no column ${missing[0]}: the first line must name ${columns.join(', ')}`,
      );
    return names;
  };
  const input = createReadStream(file);
  const parser = input.pipe(parse({ bom: true, columns: header, info: true, skip_empty_lines: true, trim: true }));
  input.once('error', (error) => parser.destroy(error));
  try {
    yield* parser as AsyncIterable<Row>;
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const { code, message, lines } = error as NodeJS.ErrnoException & { lines?: number };
    if (code === 'ENOENT') throw new ConfigError(`${file} does not exist`);
    if (code === 'EISDIR' || code === 'EACCES') throw new ConfigError(`${file} cannot be read: ${message}`);
    throw new ConfigError(`${file}${lines === undefined ? '' : ` line ${lines}`}: not a CSV file (${message})`);
  } finally {
    input.destroy();
  }
}
