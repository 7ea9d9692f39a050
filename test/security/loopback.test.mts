import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';

import { startSandbox, type Sandbox } from '../../sandbox/startSandbox.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

/** How an attempt to connect ends. */
const attempt = async (host: string, port: number) =>
	await new Promise<string>((resolve) => {
		const socket = connect({ host, port, timeout: 5_000 });
		const end = (outcome: string) => {
			socket.destroy();
			resolve(outcome);
		};
		socket.once('connect', () => end('connected'));
		socket.once('timeout', () => end('no answer'));
		socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'error'));
	});

/** Addresses by which other machines would reach this one. */
const outer = Object.values(networkInterfaces())
	.flatMap((addresses) => addresses ?? [])
	.filter(({ internal, address }) => !internal && !address.startsWith('fe80'))
	.map(({ address }) => address);

it.each(['wix', 'youtrack', 'okta', 'scim'])('%s listens on loopback only', async (name) => {
	const found = sandbox.servers.find((server) => server.name.toLowerCase().startsWith(name));
	const { hostname, port } = new URL(found?.url ?? '');
	expect(hostname).toBe('127.0.0.1');
	expect(await attempt('127.0.0.1', Number(port))).toBe('connected');
	// The whole of 127.0.0.0/8 is this machine: a server on every address would answer there
	const others = ['127.0.0.2', '::1', ...outer];
	const outcomes = await Promise.all(others.map(async (host) => await attempt(host, Number(port))));
	expect(outcomes.filter((outcome) => outcome === 'connected')).toEqual([]);
});

it('has four servers', () => {
	expect(sandbox.servers).toHaveLength(4);
});
