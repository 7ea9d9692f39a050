import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { SetupError } from './setupError.mts';

/** Below the ports that systems give to outgoing calls: by the time a program listens, one of those may be taken. */
const FROM = 15_000;
const TO = 32_000;
const MOST_TRIES = 50;

/** A port of 127.0.0.1 that nobody listens on; `wanted` itself when one is given. @throws SetupError when it is in use */
export async function freePort(wanted = 0): Promise<number> {
	if (wanted !== 0) {
		if (await isFree(wanted)) return wanted;
		throw new SetupError(`Port ${wanted} is in use: end what listens there or choose another.`);
	}
	for (let tries = 0; tries < MOST_TRIES; tries++) {
		const port = randomInt(FROM, TO);
		if (await isFree(port)) return port;
	}
	throw new SetupError(`No free port was found between ${FROM} and ${TO}.`);
}

async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	return await new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) =>
			error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
		);
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}
