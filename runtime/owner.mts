import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { N8nSettings } from './environment.mts';
import type { Runtime } from './install.mts';

interface OwnerSecrets {
	password: string;
	encryptionKey: string;
}

/** What every n8n on this user folder has in common: its owner, and the key of its credentials. Made once for a folder. */
export function ownerOf(
	runtime: Runtime,
	userFolder: string,
): Pick<N8nSettings, 'userFolder' | 'owner' | 'encryptionKey' | 'passwordHash'> {
	mkdirSync(userFolder, { recursive: true });
	const { password, encryptionKey } = ownerSecrets(userFolder);
	return {
		userFolder,
		owner: { email: 'owner@example.com', password },
		encryptionKey,
		passwordHash: bcrypt(runtime, password),
	};
}

/** Credentials saved in a user folder can only be read with the same key. */
function ownerSecrets(userFolder: string): OwnerSecrets {
	const file = join(userFolder, 'owner.json');
	if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as OwnerSecrets;
	const secrets = {
		// n8n wants a capital letter and a digit in it.
		password: `Demo-${randomBytes(6).toString('hex')}-1`,
		encryptionKey: randomBytes(24).toString('hex'),
	};
	writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
	return secrets;
}

function bcrypt(runtime: Runtime, password: string): string {
	const requireFromN8n = createRequire(join(runtime.folder, 'package.json'));
	const { hashSync } = requireFromN8n('bcryptjs') as {
		hashSync: (text: string, rounds: number) => string;
	};
	return hashSync(password, 10);
}
