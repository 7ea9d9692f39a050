import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProxyFor } from './proxyForOneHost.mts';
import { RegistryShelf } from './registryShelf.mts';

const HOST = 'registry.npmjs.org';

/** npm's public registry as n8n's installer finds it, with our package in it. */
export interface PlayedNpm {
	/** For an n8n, and the npm that it starts. */
	environment: Record<string, string>;
	/** Puts a packed version there. */
	publish(tarball: string): void;
	/** The hosts beside npm's registry that n8n or npm wanted to reach. */
	refused: ReadonlySet<string>;
	stop(): Promise<void>;
}

/**
 * Lets n8n install a package that npm does not have.
 *
 * Played is what stands outside of n8n: the host registry.npmjs.org, which holds nothing but what was put there, behind a proxy and a
 * certificate of its own; and n8n's own service (api.n8n.io), whose list of banned packages cannot be reached: n8n then takes a
 * package for permitted.
 *
 * Real is all the rest: n8n's installer as it comes, the registry's address built into it (another one needs a licence), the npm of
 * the machine that it starts, the tarball that would be published, and its integrity, which npm checks.
 *
 * `folder` gets the certificate and npm's cache: nothing is left in the cache of the machine.
 */
export async function startPlayedNpm(folder: string): Promise<PlayedNpm> {
	const registry = `https://${HOST}`;
	const shelf = new RegistryShelf(registry);
	const { url, certificate, refused, stop } = await startProxyFor(HOST, shelf.answer);
	const certificateFile = join(folder, 'registry.pem');
	writeFileSync(certificateFile, certificate);
	return {
		environment: {
			HTTPS_PROXY: url,
			https_proxy: url,
			NO_PROXY: 'localhost,127.0.0.1',
			no_proxy: 'localhost,127.0.0.1',
			NODE_EXTRA_CA_CERTS: certificateFile,
			// Over what the npm of this machine is set to
			npm_config_registry: registry,
			npm_config_https_proxy: url,
			npm_config_cafile: certificateFile,
			npm_config_cache: join(folder, 'npm-cache'),
		},
		publish: (tarball) => shelf.publish(tarball),
		refused,
		stop,
	};
}
