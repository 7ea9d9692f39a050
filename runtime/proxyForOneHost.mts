import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';

export interface ProxyForOneHost {
	/** For `HTTPS_PROXY`. */
	url: string;
	/** What a client has to trust, as PEM; made for this proxy and gone with it. */
	certificate: string;
	/** The other hosts that clients wanted to reach. */
	refused: ReadonlySet<string>;
	stop(): Promise<void>;
}

/**
 * A forward proxy for HTTPS on 127.0.0.1 that answers in the place of `host`, with a certificate in that name. It leads nowhere: a
 * connection to any other host is refused with 403.
 */
export async function startProxyFor(
	host: string,
	answer: RequestListener,
): Promise<ProxyForOneHost> {
	const { private: key, cert } = await generate([{ name: 'commonName', value: host }], {
		extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] }],
	});
	const inItsPlace = createTlsServer({ key, cert }, answer);
	const refused = new Set<string>();
	const proxy = createServer((_, response) => response.writeHead(403).end());
	proxy.on('connect', ({ url = '' }, socket) => {
		socket.on('error', () => socket.destroy());
		if (url !== `${host}:443`) {
			refused.add(url.replace(/:443$/, ''));
			socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
			return;
		}
		socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
		inItsPlace.emit('connection', socket);
	});
	await new Promise<void>((resolve, reject) => {
		proxy.once('error', reject);
		proxy.listen(0, '127.0.0.1', resolve);
	});
	const { port } = proxy.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		certificate: cert,
		refused,
		stop: async () => {
			const closed = new Promise<void>((resolve) => proxy.close(() => resolve()));
			inItsPlace.closeAllConnections();
			proxy.closeAllConnections();
			await closed;
		},
	};
}
