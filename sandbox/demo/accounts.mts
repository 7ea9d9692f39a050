import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { SetupError } from '../../runtime/setupError.mts';

/** Where the two systems are and what opens them. */
export interface Accounts {
	wix: { apiKey: string; siteId: string; baseUrl?: string };
	youTrack: { url: string; token: string };
}

const NEEDED = ['WIX_API_KEY', 'WIX_SITE_ID', 'YOUTRACK_URL', 'YOUTRACK_TOKEN'];

/**
 * A person's own accounts, from the environment or a `.env` file (the environment wins); undefined when none is named.
 * Throws SetupError when only some of the four are there.
 */
export function realAccounts(
	environment: NodeJS.ProcessEnv = process.env,
	envFile = '.env',
): Accounts | undefined {
	const fromFile = existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {};
	const value = (name: string) => (environment[name] || fromFile[name] || '').trim();
	const missing = NEEDED.filter((name) => value(name) === '');
	if (missing.length === NEEDED.length) return undefined;
	if (missing.length > 0) {
		throw new SetupError(
			`For real accounts ${missing.join(' and ')} must be set, too (in the environment or in ${envFile}).`,
		);
	}
	return {
		wix: {
			apiKey: value('WIX_API_KEY'),
			siteId: value('WIX_SITE_ID'),
			baseUrl: value('WIX_BASE_URL') || undefined,
		},
		youTrack: { url: value('YOUTRACK_URL'), token: value('YOUTRACK_TOKEN') },
	};
}
