/** The way of one edited address through the engine: which files it passes, and how many calls that takes, stage by stage. */
import { Session, type Profiler } from 'node:inspector';
import { relative } from 'node:path';

import { build, loadEngine } from './lib/engine.mts';
import { readOptions } from './lib/options.mts';
import { makeInput } from './lib/people.mts';
import { planInput } from './lib/planInput.mts';
import { count, printTable } from './lib/table.mts';

/** Calls are counted exactly for these few pairs, of which one is edited. */
const PAIRS = 2;

const { dist } = readOptions({ seed: 1 });
const folders = dist.length > 0 ? dist : [build()];

const session = new Session();
session.connect();

/** V8 answers within the call: nothing here waits. */
function ask<Answer>(method: string, params: object = {}): Answer {
	let answer: Answer | undefined;
	session.post(method, params, (error, given) => {
		if (error !== null) throw error;
		answer = given as Answer;
	});
	return answer as Answer;
}

interface Passed {
	stage: string;
	functions: number;
	calls: number;
}

/** What one plan calls in the files of a build. */
function passedIn(folder: string): Passed[] {
	const engine = loadEngine(folder);
	const input = makeInput({ records: PAIRS, linked: true, edited: 1 / PAIRS, seed: 1 });
	const whole = planInput(engine, input);
	engine.plan(whole);
	ask('Profiler.enable');
	ask('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
	ask('Profiler.takePreciseCoverage');
	const plan = engine.plan(whole);
	const { result } = ask<Profiler.TakePreciseCoverageReturnType>('Profiler.takePreciseCoverage');
	ask('Profiler.stopPreciseCoverage');
	if (plan.changedLinks.length !== 1) throw new Error('The edit was not planned');
	return result.flatMap(({ url, functions }) => {
		const file = relative(folder, new URL(url, 'file:///').pathname);
		const called = functions.filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0);
		const calls = called.reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0);
		if (!file.startsWith('nodes/') || calls === 0) return [];
		return [{ stage: stageOf(file), functions: called.length, calls }];
	});
}

const stageOf = (file: string) =>
	/^nodes\/MatchAndMap\/engine\/(\w+)\//.exec(file)?.[1] ??
	(file.startsWith('nodes/MatchAndMap/engine/') ? 'engine' : 'shared');

for (const folder of folders) {
	const passed = passedIn(folder);
	const stages = [...new Set(passed.map(({ stage }) => stage))];
	const rowOf = (name: string, files: readonly Passed[]) => [
		name,
		count(files.length),
		count(files.reduce((sum, { functions }) => sum + functions, 0)),
		count(files.reduce((sum, { calls }) => sum + calls, 0)),
	];
	printTable(
		`One edited address of ${PAIRS} pairs, ${folder}`,
		['', 'files', 'functions', 'calls'],
		[
			...stages.map((stage) =>
				rowOf(
					stage,
					passed.filter((each) => each.stage === stage),
				),
			),
			rowOf('all', passed),
		],
	);
}
