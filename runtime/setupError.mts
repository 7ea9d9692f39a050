/** Something around the sync could not be set up (no n8n, no port, a wrong option): exit code 2, told without a stack. */
export class SetupError extends Error {
	override name = 'SetupError';
}
