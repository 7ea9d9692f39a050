import type { Sandbox } from '../startSandbox.mts';
import type { Accounts } from './accounts.mts';
import { ServerControl } from './control.mts';
import type { System } from './system.mts';
import type { Servers } from './world.mts';

/** What opens the sandbox's servers: any key and any token would. */
export function sandboxAccounts(sandbox: Sandbox, system: System): Accounts {
	return {
		wix: { apiKey: 'sandbox-key', siteId: 'sandbox-site', baseUrl: sandbox.wixUrl },
		users: { system, url: system.urlIn(sandbox), token: 'sandbox-token' },
	};
}

/** The control surfaces of the two servers that a day is played on. */
export function sandboxServers(sandbox: Sandbox, system: System): Servers {
	return {
		wix: new ServerControl('wix', sandbox.wixUrl),
		users: new ServerControl('users', system.urlIn(sandbox)),
		system,
	};
}
