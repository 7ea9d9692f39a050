import { seededRandom } from '../../sandbox/control/random.mts';
import { builtInDay } from '../../sandbox/demo/day.mts';
import { flows } from '../../sandbox/demo/flow.mts';
import { play, type StepResult } from '../../sandbox/demo/play.mts';
import type { TemplateNode } from '../../sandbox/demo/template.mts';
import { importWorkflow, openBench, startAfresh, type Bench } from './workflows.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await openBench(60);
});
afterAll(async () => await bench.cleanup.run());

/** Every step anywhere on the canvas, as *Tidy up* or a person may leave it. */
function anywhere(seed: number) {
	const random = seededRandom(seed);
	const place = () => Math.round(random() * 4000) - 2000;
	return (node: TemplateNode): TemplateNode =>
		Object.assign({}, node, { position: [place(), place()] });
}

/** What a day came to, without its times. */
async function dayWith(adjust: (node: TemplateNode) => TemplateNode): Promise<StepResult[]> {
	await startAfresh(bench);
	const { calls, servers } = bench;
	const workflowId = await importWorkflow(bench, 'sync-wix-contacts-and-users.json', adjust);
	const day = builtInDay('contacts', servers.system);
	const steps = await play(day, calls, workflowId, servers, flows.contacts);
	return steps.map((step) => ({
		...step,
		runs: step.runs.map((run) => ({ ...run, seconds: 0 })),
	}));
}

it('the day comes out the same wherever the steps stand', async () => {
	const asShipped = await dayWith((node) => node);
	expect(asShipped.flatMap(({ runs }) => runs).length).toBeGreaterThan(10);
	for (const seed of [1, 2]) expect(await dayWith(anywhere(seed))).toEqual(asShipped);
});
