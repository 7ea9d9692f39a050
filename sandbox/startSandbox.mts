import { listen, type RunningServer } from './control/listen.mts';
import { generatePeople } from './people/people.mts';
import { wixService } from './wix/service.mts';
import { youTrackService } from './youtrack/service.mts';

export interface SandboxOptions {
	/** 0 (the default) takes any free port. */
	wixPort?: number;
	youTrackPort?: number;
	/** Default 1. The same seed and number of people give the same records. */
	seed?: number;
	/** Records a side; 0 (the default here) for nobody. */
	people?: number;
}

export interface Sandbox {
	wixUrl: string;
	youTrackUrl: string;
	/** The servers by name, in the order of their ports. */
	servers: { name: string; url: string }[];
	close: () => Promise<void>;
}

/** Starts the servers in this process, on 127.0.0.1. Fails when a port is taken; then none is left running. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { wixPort = 0, youTrackPort = 0, seed = 1, people = 0 } = options;
	const { wix, users } = generatePeople(seed, people);
	// Four sources of ids (the people's and the servers', for each side), so that no id is met on both sides.
	const running: RunningServer[] = [];
	const close = async () => {
		await Promise.all(running.map((server) => server.close()));
	};
	try {
		const wixServer = await listen(wixService(wix, seed * 4 + 2), wixPort);
		running.push(wixServer);
		const youTrackServer = await listen(youTrackService(users, seed * 4 + 3), youTrackPort);
		running.push(youTrackServer);
		return {
			wixUrl: wixServer.url,
			youTrackUrl: youTrackServer.url,
			servers: running.map(({ name, url }) => ({ name, url })),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
