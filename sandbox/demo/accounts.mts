import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { SetupError } from '../../runtime/setupError.mts';
import type { System } from './system.mts';

/** Where the two systems are and what opens them. */
export interface Accounts {
	wix: { apiKey: string; siteId: string; baseUrl?: string | undefined };
	users: { system: System; url: string; token: string };
}

/**
 * A person's own accounts of Wix and of `system`, from the environment or a `.env` file (the environment wins); undefined
 * when none is named. Throws SetupError when only some of the four variables are there.
 */
export function realAccounts(
	system: System,
	environment: NodeJS.ProcessEnv = process.env,
	envFile = '.env',
): Accounts | undefined {
	const fromFile = existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {};
	const value = (name: string) => (environment[name] || fromFile[name] || '').trim();
	const needed = ['WIX_API_KEY', 'WIX_SITE_ID', system.variables.url, system.variables.token];
	const missing = needed.filter((name) => value(name) === '');
	if (missing.length === needed.length) return undefined;
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
		users: {
			system,
			url: value(system.variables.url),
			token: value(system.variables.token),
		},
	};
}
