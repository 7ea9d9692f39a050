import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import type { Sandbox } from '../../sandbox/startSandbox.mts';

const start = fileURLToPath(new URL('../../sandbox/start.mts', import.meta.url));
const names = ['wix', 'youTrack', 'okta', 'scim'] as const;

/**
 * The sandbox in a process of its own, so that its memory and its processor time are nobody else's. Any free ports, no limit of requests.
 * @throws Error when it ends before all of its servers answer
 */
export async function startOwnSandbox(people: number, seed = 5): Promise<Sandbox> {
	const ports = Object.fromEntries(
		names.map((name) => [`SANDBOX_${name.toUpperCase()}_PORT`, '0'] as const),
	);
	const child = spawn(process.execPath, ['--max-old-space-size=8000', '--import', 'tsx', start], {
		env: {
			...process.env,
			...ports,
			SANDBOX_SEED: String(seed),
			SANDBOX_PEOPLE: String(people),
		},
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	process.once('exit', () => child.kill('SIGKILL'));
	const servers: Sandbox['servers'] = [];
	for await (const line of createInterface({ input: child.stdout })) {
		const [, name, url] = /^ready (.+) (\S+)$/.exec(line) ?? [];
		if (name !== undefined && url !== undefined) servers.push({ name, url });
		if (servers.length === names.length) break;
	}
	const [wixUrl, youTrackUrl, oktaUrl, scimUrl] = servers.map(({ url }) => url);
	if (!wixUrl || !youTrackUrl || !oktaUrl || !scimUrl)
		throw new Error('The sandbox ended before its servers answered');
	return {
		wixUrl,
		youTrackUrl,
		oktaUrl,
		scimUrl,
		servers,
		close: async () => {
			child.kill('SIGTERM');
			await ended;
		},
	};
}
