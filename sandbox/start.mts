import { startSandbox } from './startSandbox.mts';

/** A whole number from the environment; anything else is named and ends the start. */
function numberFrom(name: string, fallback: number): number {
	const text = process.env[name];
	if (text === undefined || text.trim() === '') return fallback;
	const number = Number(text);
	if (!Number.isInteger(number) || number < 0) {
		throw new Error(`${name} must be a whole number from 0 on.`);
	}
	return number;
}

const sandbox = await startSandbox({
	wixPort: numberFrom('SANDBOX_WIX_PORT', 4010),
	youTrackPort: numberFrom('SANDBOX_YOUTRACK_PORT', 4011),
	oktaPort: numberFrom('SANDBOX_OKTA_PORT', 4012),
	scimPort: numberFrom('SANDBOX_SCIM_PORT', 4013),
	seed: numberFrom('SANDBOX_SEED', 1),
	people: numberFrom('SANDBOX_PEOPLE', 5000),
});
for (const { name, url } of sandbox.servers) console.log(`ready ${name} ${url}`);

const end = () => void sandbox.close().then(() => process.exit(0));
process.once('SIGTERM', end);
process.once('SIGINT', end);
