import { expectFinished, killMany } from '../torture/kills.mts';
import { openStage, type Stage } from '../torture/stage.mts';
import { expectCalm, storm } from '../torture/storm.mts';

/** A small part of `npm run torture`: one storm, three kills. */
let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => await stage.cleanup.run());

it('after a storm of faults both sides agree: no edit is lost, nobody is made twice', async () => {
	const plan = { seed: 1, people: 150, edits: 10, rounds: 3 };
	expectCalm(await storm(stage, { ...plan, flows: ['contacts'], creates: true }));
});

it('three runs that are killed are finished by the next ones, on schedule as well as by hand', async () => {
	expectFinished(
		await killMany(stage, 3, 1, 150, (kill) => (kill % 2 === 0 ? 'by hand' : 'on schedule')),
	);
});
