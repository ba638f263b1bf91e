// What a tap will most likely do, shown before the server has answered. A guess for the eye only: the server's answer replaces it.
import type { OrderCommand } from '../../server/protocol/commands.ts';
import type { LineView, OrderView, TicketView } from '../../server/protocol/views.ts';

export function predict(order: OrderView, command: OrderCommand, at: string): OrderView {
  switch (command.kind) {
    case 'start':
      return withLines(order, named(command.lineIds), (line) => (line.state === 'waiting' ? { ...line, state: 'cooking', startedAt: at } : line));
    case 'bump': {
      const mine = command.lineIds ? named(command.lineIds) : (line: LineView) => line.ticketId === command.ticketId;
      const next = withLines(order, mine, (line) => (isToCook(line) ? { ...line, state: 'ready', readyAt: at } : line));
      return command.lineIds ? next : withTicket(next, command.ticketId, (ticket) => ({ ...ticket, state: 'bumped', bumpedAt: at }));
    }
    case 'recall': {
      // Dishes marked one by one before the bump stay marked when the ticket comes back.
      const bumpedAt = order.tickets.find(({ id }) => id === command.ticketId)?.bumpedAt;
      const mine = command.lineIds ? named(command.lineIds) : (line: LineView) => line.ticketId === command.ticketId && line.readyAt === bumpedAt;
      const next = withLines(order, mine, (line) => (line.state === 'ready' ? { ...line, state: line.startedAt ? 'cooking' : 'waiting', readyAt: null } : line));
      return command.lineIds ? next : withTicket(next, command.ticketId, (ticket) => (ticket.state === 'bumped' ? { ...ticket, state: 'open', bumpedAt: null } : ticket));
    }
    case 'serve':
      return withLines(order, named(command.lineIds), (line) => (line.state === 'ready' ? { ...line, state: 'served', servedAt: at } : line));
    case 'unserve':
      return withLines(order, named(command.lineIds), (line) => (line.state === 'served' ? { ...line, state: 'ready', servedAt: null } : line));
    case 'fire': case 'hold': case 'rush': case 'transfer': case 'note-delay': case 'retry-parked': return order;
    case 'acknowledge': {
      const next = withLines(order, (line) => line.ticketId === command.ticketId, (line) => (line.flag ? { ...line, flag: null } : line));
      const over = order.status === 'CANCELED' || next.lines.every((line) => line.ticketId !== command.ticketId || line.voided);
      return withTicket(next, command.ticketId, (ticket) => ({ ...ticket, notices: [], state: over && ticket.state === 'open' ? 'closed' : ticket.state }));
    }
  }
}

const isToCook = (line: LineView) => line.state === 'waiting' || line.state === 'cooking' || line.state === 'held';

function named(lineIds: readonly string[]): (line: LineView) => boolean {
  return (line) => lineIds.includes(line.id);
}

function withLines(order: OrderView, which: (line: LineView) => boolean, change: (line: LineView) => LineView): OrderView {
  return { ...order, lines: order.lines.map((line) => (which(line) ? change(line) : line)) };
}

function withTicket(order: OrderView, ticketId: string, change: (ticket: TicketView) => TicketView): OrderView {
  return { ...order, tickets: order.tickets.map((ticket) => (ticket.id === ticketId ? change(ticket) : ticket)) };
}
