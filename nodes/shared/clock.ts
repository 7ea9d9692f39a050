import { sleep } from 'n8n-workflow';

/** All waiting and all reading of the time goes through here, so that a test can run the clock faster. Milliseconds. */
export const clock = {
	sleep: async (milliseconds: number): Promise<void> => {
		await sleep(milliseconds);
	},
	now: (): number => Date.now(),
	random: (): number => Math.random(),
	/** Whether what has to begin before `deadline` (since 1970) still may. */
	isBefore: (deadline: number): boolean => clock.now() < deadline,
};
