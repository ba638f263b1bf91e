// A real SMTP server on loopback, and the mails that it was given.
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface Mail {
  from: string;
  to: string[];
  subject: string;
  text: string;
  messageId: string;
}

/**
 * @param port free
 * @param refuse so many mails are refused at first
 * @param slowMs so long it thinks about each
 */
export async function startMailServer(
  port: number,
  { refuse = 0, slowMs = 0 } = {},
): Promise<{ mails: Mail[]; stop: () => Promise<void> }> {
  const mails: Mail[] = [];
  let refused = 0;
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onAuth: (auth, _, done) => done(null, { user: auth.username }),
    onData(stream, session, done) {
      void simpleParser(stream).then((mail) =>
        setTimeout(() => {
          if (refused < refuse) {
            refused += 1;
            done(Object.assign(new Error('not now'), { responseCode: 451 }));
            return;
          }
          mails.push({
            from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
            to: session.envelope.rcptTo.map((to) => to.address),
            subject: mail.subject ?? '',
            text: mail.text ?? '',
            messageId: mail.messageId ?? '',
          });
          done();
        }, slowMs),
      );
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { mails, stop: () => new Promise((resolve) => server.close(resolve)) };
}
