import { listen, type RunningServer } from './control/listen.mts';
import { oktaService } from './okta/service.mts';
import { oktaPeople } from './people/oktaPeople.mts';
import { planPeople, settle } from './people/people.mts';
import { scimPeople } from './people/scimPeople.mts';
import { scimService } from './scim/service.mts';
import { wixService } from './wix/service.mts';
import { youTrackService } from './youtrack/service.mts';

export interface SandboxOptions {
	/** 0 (the default) takes any free port. */
	wixPort?: number;
	youTrackPort?: number;
	oktaPort?: number;
	scimPort?: number;
	/** Default 1. The same seed and number of people give the same records. */
	seed?: number;
	/** Records a side; 0 (the default here) for nobody. */
	people?: number;
}

export interface Sandbox {
	wixUrl: string;
	youTrackUrl: string;
	oktaUrl: string;
	/** With the base path; the control calls are below the root. */
	scimUrl: string;
	/** The servers by name, in the order of their ports. */
	servers: { name: string; url: string }[];
	close: () => Promise<void>;
}

/** Beyond the seeds of the other systems' ids. */
const scimSeeds = 2 ** 31;

/** Starts the servers in this process, on 127.0.0.1. Fails when a port is taken; then none is left running. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const {
		wixPort = 0,
		youTrackPort = 0,
		oktaPort = 0,
		scimPort = 0,
		seed = 1,
		people = 0,
	} = options;
	const plans = planPeople(seed, people);
	const { wix, users } = settle(plans, seed);
	// Four sources of ids (the people's and the servers', for each side), so that no id is met on both sides. Okta's look different.
	const running: RunningServer[] = [];
	const close = async () => {
		await Promise.all(running.map((server) => server.close()));
	};
	try {
		const wixServer = await listen(wixService(wix, seed * 4 + 2), wixPort);
		running.push(wixServer);
		const youTrackServer = await listen(youTrackService(users, seed * 4 + 3), youTrackPort);
		running.push(youTrackServer);
		const inOkta = () => oktaPeople(plans.users, seed * 4);
		const oktaServer = await listen(oktaService(inOkta, seed * 4 + 1), oktaPort);
		running.push(oktaServer);
		const inScim = () => scimPeople(plans.users, scimSeeds + seed * 2);
		const scimServer = await listen(scimService(inScim, scimSeeds + seed * 2 + 1), scimPort);
		running.push(scimServer);
		return {
			wixUrl: wixServer.url,
			youTrackUrl: youTrackServer.url,
			oktaUrl: oktaServer.url,
			scimUrl: scimServer.url,
			servers: running.map(({ name, url }) => ({ name, url })),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
