import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';

/** The `package.json` of a version; more than these two goes on as it is. */
interface Manifest {
	name: string;
	version: string;
}

/** A version as a registry describes it. */
interface Listed extends Manifest {
	dist: { tarball: string; integrity: string; shasum: string };
}

/**
 * Packed packages, given out as npm's registry does (github.com/npm/registry, docs/REGISTRY-API.md): all versions of a name, one version by its
 * number or as `latest`, and the tarball. The version put there last is `latest`. For every other path: 404.
 */
export class RegistryShelf {
	private readonly answers = new Map<string, Buffer>();

	private readonly versions = new Map<string, Record<string, Listed>>();

	constructor(private readonly registry: string) {}

	/** Puts what `npm pack` left into the registry, under the name and version in it. */
	publish(tarball: string): void {
		const bytes = readFileSync(tarball);
		const manifest = manifestIn(tarball);
		const { name, version } = manifest;
		const path = `/${name}/-/${name}-${version}.tgz`;
		const hash = (by: string, as: 'base64' | 'hex') => createHash(by).update(bytes).digest(as);
		const dist = {
			tarball: `${this.registry}${path}`,
			integrity: `sha512-${hash('sha512', 'base64')}`,
			shasum: hash('sha1', 'hex'),
		};
		const listed = { ...manifest, dist };
		const versions = { ...this.versions.get(name), [version]: listed };
		this.versions.set(name, versions);
		this.answers.set(path, bytes);
		this.put(`/${name}`, { name, 'dist-tags': { latest: version }, versions });
		this.put(`/${name}/${version}`, listed);
		this.put(`/${name}/latest`, listed);
	}

	private put(path: string, body: unknown): void {
		this.answers.set(path, Buffer.from(JSON.stringify(body)));
	}

	readonly answer: RequestListener = ({ method, url = '' }, response) => {
		const body = method === 'GET' ? this.answers.get(decodeURIComponent(url)) : undefined;
		const type = url.endsWith('.tgz') ? 'application/octet-stream' : 'application/json';
		// npm would go on with what it read before the next version was there
		response.writeHead(body ? 200 : 404, { 'content-type': type, 'cache-control': 'no-store' });
		response.end(body ?? '{"error":"Not found"}');
	};
}

const manifestIn = (tarball: string): Manifest =>
	JSON.parse(
		execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' }),
	) as Manifest;
