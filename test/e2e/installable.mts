import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { N8nAnswerError, type N8nCalls } from '../../runtime/client.mts';

interface Manifest {
	name: string;
	version: string;
	n8n: { nodes: string[] };
}

const readManifest = (folder: string): Manifest =>
	JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** What package.json says: the name, and of each node the name behind the dot of its type. */
export const ours = readManifest(process.cwd());
export const nodeNames = ours.n8n.nodes.map((file) => {
	const name = basename(file, '.node.js');
	return name.charAt(0).toLowerCase() + name.slice(1);
});

/** Unpacks a packed package; its folder, with `package.json` in it. */
export function unpack(tarball: string, into: string): string {
	mkdirSync(into, { recursive: true });
	execFileSync('tar', ['-xzf', tarball, '-C', into]);
	return join(into, 'package');
}

/** A version to come of a packed package, in which the node Match & Map has another name; the path of its tarball. */
export function nextVersion(
	tarball: string,
	into: string,
	version: string,
	matchAndMap: string,
): string {
	const folder = unpack(tarball, into);
	const manifest = { ...readManifest(folder), version };
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
	const file = join(folder, 'dist/nodes/MatchAndMap/MatchAndMap.node.js');
	const source = readFileSync(file, 'utf8');
	writeFileSync(file, source.replaceAll("'Match & Map'", `'${matchAndMap}'`));
	const packed = join(into, `${version}.tgz`);
	execFileSync('tar', ['-czf', packed, '-C', into, 'package']);
	return packed;
}

/** The types that this n8n knows of those that our nodes would have with this prefix. */
export async function knownTypes(calls: N8nCalls, prefix: string): Promise<string[]> {
	const types = nodeNames.map((name) => `${prefix}.${name}`);
	const known = await Promise.all(types.map(async (type) => await knowsType(calls, type)));
	return types.filter((_, index) => known[index]);
}

async function knowsType({ rest }: N8nCalls, name: string): Promise<boolean> {
	try {
		await rest('POST', '/node-types', { nodeInfos: [{ name, version: 1 }] });
		return true;
	} catch (error) {
		if (error instanceof N8nAnswerError && error.message.includes('Unrecognized node type'))
			return false;
		throw error;
	}
}

/** Whether this n8n has the credential of Wix on offer. */
export async function knowsCredential({ api }: N8nCalls): Promise<boolean> {
	try {
		await api('GET', '/credentials/schema/wixCrmApi');
		return true;
	} catch (error) {
		if (error instanceof N8nAnswerError && error.status === 404) return false;
		throw error;
	}
}
