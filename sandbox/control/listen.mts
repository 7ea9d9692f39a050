import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { Control } from './control.mts';
import { controlRoutes } from './controlRoutes.mts';
import { answerCall } from './pipeline.mts';
import type { Service } from './service.mts';

const host = '127.0.0.1';

/** Longer than any client keeps an idle connection, so that it is not the server that ends one just when a request comes on it. */
const KEEP_ALIVE_MS = 120_000;

export interface RunningServer {
	name: string;
	url: string;
	close: () => Promise<void>;
}

function buildApp(service: Service): Express {
	const control = new Control(service);
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	app.use('/sandbox', controlRoutes(service, control));
	const prefix = service.basePath ?? service.optionalPrefix;
	if (prefix) {
		app.use((request, _response, next) => {
			if (request.url.startsWith(`${prefix}/`)) request.url = request.url.slice(prefix.length);
			next();
		});
	}
	app.use(express.raw({ type: () => true, limit: '50mb' }));
	for (const route of service.routes) {
		const method = route.method.toLowerCase() as Lowercase<typeof route.method>;
		app[method](route.path, answerCall(route, service, control));
	}
	app.use(answerCall(undefined, service, control));
	return app;
}

const closeServer = (server: Server) =>
	new Promise<void>((resolve, reject) => {
		server.close((error) => (error ? reject(error) : resolve()));
		server.closeAllConnections();
	});

/** Starts one server on 127.0.0.1; port 0 takes any free port. Closing ends held connections, too. */
export async function listen(service: Service, port: number): Promise<RunningServer> {
	const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, buildApp(service));
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	});
	const { port: taken } = server.address() as AddressInfo;
	return {
		name: service.name,
		url: `http://${host}:${taken}${service.basePath ?? ''}`,
		close: async () => {
			service.close?.();
			await closeServer(server);
		},
	};
}
