import { createServer, type AddressInfo } from 'node:net';
import { SetupError } from './setupError.mts';

/** A port of 127.0.0.1 that nobody listens on; `wanted` itself when one is given. */
export async function freePort(wanted = 0): Promise<number> {
	const server = createServer();
	return await new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) =>
			reject(
				error.code === 'EADDRINUSE'
					? new SetupError(`Port ${wanted} is in use: end what listens there or choose another.`)
					: error,
			),
		);
		server.listen(wanted, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => resolve(port));
		});
	});
}
