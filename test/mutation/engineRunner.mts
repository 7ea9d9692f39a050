import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
	determineHitLimitReached,
	DryRunStatus,
	MutantRunStatus,
	TestStatus,
	type CompleteDryRunResult,
	type DryRunResult,
	type KilledMutantRunResult,
	type MutantRunOptions,
	type MutantRunResult,
	type TestRunner,
} from '@stryker-mutator/api/test-runner';
import fc from 'fast-check';
import { collectTests, type EngineTest } from './collectTests.mts';

/** What the instrumented engine reads: the mutant that is switched on, and who covers what. */
const stryker: { [Name in keyof InstrumenterContext]: InstrumenterContext[Name] | undefined } = {};

/**
 * Runs the tests of the engine for Stryker in one process, the quickest first, to the first that fails. The engine is
 * pure, so it is loaded anew only for a mutant that acts while a module loads: a hundred times the speed of a jest run
 * per mutant.
 */
class EngineRunner implements TestRunner {
	private tests: EngineTest[] = [];
	/** What is loaded was loaded with a mutant switched on. */
	private isStale = false;
	private readonly durations = new Map<string, number>();

	capabilities() {
		return { reloadEnvironment: true };
	}

	async init(): Promise<void> {
		Object.assign(globalThis, { [INSTRUMENTER_CONSTANTS.NAMESPACE]: stryker });
		process.env.PROPERTY_SEED ??= '1';
		process.env.PROPERTY_CASES ??= '25';
		process.env.PROTOCOL_STEP ??= '61';
		fc.configureGlobal({ endOnFailure: true, seed: Number(process.env.PROPERTY_SEED) });
		this.load();
	}

	async dryRun(): Promise<DryRunResult> {
		const tests: CompleteDryRunResult['tests'] = [];
		for (const test of this.tests) {
			stryker.currentTestId = test.name;
			const start = performance.now();
			const failure = await failureOf(test);
			const timeSpentMs = performance.now() - start;
			this.durations.set(test.name, timeSpentMs);
			const told = { id: test.name, name: test.name, fileName: test.file, timeSpentMs };
			tests.push(
				failure === undefined
					? { ...told, status: TestStatus.Success }
					: { ...told, status: TestStatus.Failed, failureMessage: failure },
			);
		}
		stryker.currentTestId = undefined;
		const { mutantCoverage } = stryker;
		return { status: DryRunStatus.Complete, tests, ...(mutantCoverage && { mutantCoverage }) };
	}

	async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
		const result = await this.attempt(options);
		if (result.status !== MutantRunStatus.Killed || this.isStale) return result;
		const killer = this.tests.find(({ name }) => result.killedBy.includes(name));
		if (killer === undefined || (await failureOf(killer)) === undefined) return result;
		// It fails without the mutant as well: something an earlier mutant did has stayed.
		this.isStale = true;
		return await this.attempt(options);
	}

	private async attempt(options: MutantRunOptions): Promise<MutantRunResult> {
		const { activeMutant, testFilter, hitLimit, mutantActivation } = options;
		const isStatic = mutantActivation === 'static';
		stryker.hitLimit = hitLimit;
		stryker.hitCount = hitLimit === undefined ? undefined : 0;
		try {
			if (isStatic) stryker.activeMutant = activeMutant.id;
			if (isStatic || this.isStale) this.load();
			this.isStale = isStatic;
			stryker.activeMutant = activeMutant.id;
			return await this.runUntilFailure(testFilter);
		} catch (error) {
			this.isStale = true;
			return killed('loading', String(error), 0);
		} finally {
			stryker.activeMutant = undefined;
			stryker.hitLimit = undefined;
			stryker.hitCount = undefined;
		}
	}

	private load(): void {
		this.tests = collectTests(process.cwd());
	}

	private async runUntilFailure(filter: string[] | undefined): Promise<MutantRunResult> {
		const wanted = filter === undefined ? undefined : new Set(filter);
		const time = ({ name }: EngineTest) => this.durations.get(name) ?? 0;
		const tests = this.tests
			.filter(({ name }) => wanted?.has(name) ?? true)
			.sort((left, right) => time(left) - time(right));
		for (const [index, test] of tests.entries()) {
			const failure = await failureOf(test);
			const timeout = determineHitLimitReached(stryker.hitCount, stryker.hitLimit);
			if (timeout !== undefined) return { ...timeout, status: MutantRunStatus.Timeout };
			if (failure !== undefined) return killed(test.name, failure, index + 1);
		}
		return { status: MutantRunStatus.Survived, nrOfTests: tests.length };
	}
}

async function failureOf({ run }: EngineTest): Promise<string | undefined> {
	try {
		await run();
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

const killed = (
	test: string,
	failureMessage: string,
	nrOfTests: number,
): KilledMutantRunResult => ({
	status: MutantRunStatus.Killed,
	killedBy: [test],
	failureMessage,
	nrOfTests,
});

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'engine', EngineRunner)];
