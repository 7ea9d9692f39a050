import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call that a receiver got. */
export interface Received {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** What a receiver answers: a status, or nothing at all. */
export type Reaction = number | 'silence';

export interface Receiver {
	url: string;
	received: Received[];
	/** How it answers from now on; 200 until this is called. */
	react: (reaction: (call: Received) => Reaction | Promise<Reaction>) => void;
	close: () => Promise<void>;
}

/** A server that takes what is sent to it: in a test, what stands behind a callback URL. */
export async function startReceiver(): Promise<Receiver> {
	const received: Received[] = [];
	let reaction: (call: Received) => Reaction | Promise<Reaction> = () => 200;
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const { method = '', url = '', headers } = request;
			const body = Buffer.concat(parts).toString('utf8');
			const call: Received = { method, path: url, headers, body };
			received.push(call);
			void Promise.resolve(reaction(call)).then((answer) => {
				if (answer !== 'silence') response.writeHead(answer).end();
			});
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		received,
		react: (chosen) => {
			reaction = chosen;
		},
		close: async () =>
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
